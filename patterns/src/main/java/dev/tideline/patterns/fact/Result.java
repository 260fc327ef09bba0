package dev.tideline.patterns.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whatever leaves a person's operator, in the order in which it came about: exactly the field that {@code kind} names is set.
 *
 * @param seen an event, profile patch or privacy request as it arrived, to be stored
 * @param late whether event time had passed {@code seen} when it arrived
 * @param takenAt where event time stood, if {@code late}: to the millisecond, and in the microseconds the order of what was taken
 *     in one; null = at its own time
 * @param counts whether segments may count it; where a fact's event was not for them, its user not consenting, they may not
 * @param fact a derived fact
 */
public record Result(
        Kind kind,
        String user,
        @Nullable Arrival seen,
        boolean late,
        @Nullable Instant takenAt,
        boolean counts,
        @Nullable Fact fact,
        @Nullable AlertMessage alert) {

    /** What it is. */
    public enum Kind {
        SEEN,
        FACT,
        ALERT
    }

    /** @param takenAt where event time stood, if it had passed the arrival; null if it had not */
    public static Result seen(Arrival arrival, @Nullable Instant takenAt) {
        boolean counts = arrival.event() == null || arrival.event().allows(Purpose.SEGMENTATION);
        return new Result(Kind.SEEN, arrival.user(), arrival, takenAt != null, takenAt, counts, null, null);
    }

    /**
     * A derived fact.
     *
     * @param takenAt as of what it was derived from
     */
    public static Result of(Fact fact, @Nullable Instant takenAt, boolean counts) {
        return new Result(Kind.FACT, fact.user(), null, fact.late(), takenAt, counts, fact, null);
    }

    public static Result of(AlertMessage alert) {
        return new Result(Kind.ALERT, alert.user(), null, false, null, true, null, alert);
    }
}
