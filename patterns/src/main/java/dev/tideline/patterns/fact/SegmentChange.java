package dev.tideline.patterns.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user entered or left a segment.
 *
 * @param id deterministic: a hash of user, segment, sequence and time
 * @param at the instant of the change
 * @param cause the event's id, or null where time or a rule did it
 * @param sequence 1, 2, 3 … per user and segment, without a gap
 * @param memberSince when the membership began that this change begins or ends
 * @param expiresAt when time alone would end it; null if it would not
 */
public record SegmentChange(
        String id,
        String user,
        String segment,
        int version,
        boolean entered,
        Instant at,
        Reason reason,
        @Nullable String cause,
        long sequence,
        @Nullable Instant memberSince,
        @Nullable Instant expiresAt) {

    /** Why membership changed. */
    public enum Reason {
        EVENT,
        EXPIRY,
        PROFILE,
        RISK,
        RULE,
        CONSENT,
        ERASURE
    }

    /** The CloudEvents type. */
    public String type() {
        return entered ? "tideline.segment.entered" : "tideline.segment.exited";
    }
}
