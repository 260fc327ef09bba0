package dev.tideline.patterns.fact;

import org.jspecify.annotations.Nullable;

/**
 * Whatever leaves a person's operator, in the order in which it came about: exactly the field that {@code kind} names is set.
 *
 * @param seen an event, profile patch or privacy request as it arrived, to be stored
 * @param late whether event time had passed {@code seen} when it arrived
 * @param fact a derived fact
 */
public record Result(
        Kind kind,
        String user,
        @Nullable Arrival seen,
        boolean late,
        @Nullable Fact fact,
        @Nullable AlertMessage alert,
        @Nullable SegmentChange change,
        @Nullable DeadLetter refused) {

    /** What it is. */
    public enum Kind {
        SEEN,
        FACT,
        ALERT,
        CHANGE,
        REFUSED
    }

    public static Result seen(Arrival arrival, boolean late) {
        return new Result(Kind.SEEN, arrival.user(), arrival, late, null, null, null, null);
    }

    public static Result of(Fact fact) {
        return new Result(Kind.FACT, fact.user(), null, fact.late(), fact, null, null, null);
    }

    public static Result of(AlertMessage alert) {
        return new Result(Kind.ALERT, alert.user(), null, false, null, alert, null, null);
    }

    public static Result of(SegmentChange change) {
        return new Result(Kind.CHANGE, change.user(), null, false, null, null, change, null);
    }

    public static Result of(String user, DeadLetter refused) {
        return new Result(Kind.REFUSED, user, null, false, null, null, null, refused);
    }
}
