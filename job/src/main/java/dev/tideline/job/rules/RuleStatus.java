package dev.tideline.job.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a rule.
 *
 * @param key {@code kind/id}
 * @param version of the document in question; null where it could not be read
 * @param revision the number under which tasks get it; 0 where they had it from the start, or get nothing. Not on the wire
 * @param path where in the document, as a JSON pointer; only for what was rejected
 * @param reason in words; only for what was rejected or waits
 * @param document the accepted document as JSON
 * @param at the rule record's timestamp
 */
public record RuleStatus(
        String key,
        Verdict verdict,
        @Nullable Integer version,
        long revision,
        @Nullable String path,
        @Nullable String reason,
        @Nullable String document,
        Instant at) {

    /** The same version, now that every task has it. */
    RuleStatus live() {
        return new RuleStatus(key, Verdict.LIVE, version, revision, path, reason, document, at);
    }

    /** The states of a rule. */
    public enum Verdict {
        ACCEPTED,
        REJECTED,
        WAITING,
        LIVE,
        REMOVED
    }
}
