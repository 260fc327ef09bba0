package dev.tideline.job.person;

import dev.tideline.job.rules.RuleRevision;

/**
 * A change to segments or policies that some users of a task have not come to yet.
 *
 * @param kind of the revision that brought it
 * @param number of that revision
 * @param key {@code kind/id} of the rule
 * @param at from when on it holds (epoch milliseconds)
 */
public record Turn(RuleRevision.Kind kind, long number, String key, long at) {
    /** History has come for rules of which the first holds from the instant on. */
    static Turn filled(long pass, long from) {
        return new Turn(RuleRevision.Kind.FILLED, pass, "", from);
    }

    static Turn of(RuleRevision revision) {
        return new Turn(revision.kind(), revision.number(), revision.key(), revision.effectiveMillis());
    }

    /** Whether the revision matters to users to whom nothing else happens. Patterns ask about facts, and wait for them. */
    static boolean concernsEverybody(RuleRevision revision) {
        return !revision.key().startsWith("pattern/");
    }
}
