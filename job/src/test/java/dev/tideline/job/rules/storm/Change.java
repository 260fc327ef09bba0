package dev.tideline.job.rules.storm;

import org.jspecify.annotations.Nullable;

/**
 * A change to the rules: a rule, a document that is broken, or, with neither, a tombstone.
 *
 * @param at the record's timestamp (epoch milliseconds); no two changes of a storm share one
 * @param key {@code kind/id}
 */
public record Change(
        long at,
        String key,
        @Nullable RuleSpec rule,
        @Nullable Broken broken) {

    /**
     * A document that must be refused.
     *
     * @param path where it is wrong, as a JSON pointer
     */
    public record Broken(String document, String path) {}

    /** A version of a rule. */
    public static Change of(long at, RuleSpec rule) {
        return new Change(at, rule.key(), rule, null);
    }

    /** A version that must be refused. */
    public static Change broken(long at, String key, Broken document) {
        return new Change(at, key, null, document);
    }

    /** The rule goes. */
    public static Change removal(long at, String key) {
        return new Change(at, key, null, null);
    }

    /** What the record holds; null is a tombstone. */
    public @Nullable String document() {
        if (broken != null) {
            return broken.document();
        }
        return rule == null ? null : rule.json();
    }
}
