package dev.tideline.patterns.fact;

import org.jspecify.annotations.Nullable;

/**
 * Something of a user's past that is read again for rules which did not ask for it when it happened: exactly one of
 * {@code fact} and {@code profile} is set. All of a user and a pass come one after the other, in the order in which they were
 * taken then.
 *
 * <p>What was taken at or after the instant at which other rules began may be among them; whoever has counted it then leaves
 * it out by its {@code takenAtMillis}.
 *
 * @param pass the highest revision of those for which history is read
 * @param takenAtMillis where the user's time stood when it was taken (epoch milliseconds): its own time, or for what came late
 *     the instant that the user had got to
 * @param first whether it is the user's first of this pass; what came of the same pass before is then void, for it comes again
 * @param fact without text, {@code late} as it was
 * @param profile without what identifies the person
 */
public record Recalled(
        long pass,
        long takenAtMillis,
        boolean first,
        @Nullable Fact fact,
        @Nullable ProfilePatch profile) {

    public static Recalled of(long pass, long takenAtMillis, boolean first, Fact fact) {
        return new Recalled(pass, takenAtMillis, first, fact, null);
    }

    public static Recalled of(long pass, long takenAtMillis, boolean first, ProfilePatch profile) {
        return new Recalled(pass, takenAtMillis, first, null, profile);
    }
}
