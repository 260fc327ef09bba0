package dev.tideline.patterns.sequence;

import org.jspecify.annotations.Nullable;

/**
 * A place in a {@link Chain} where one fact is taken.
 *
 * @param name of the step
 * @param takes which fact
 * @param waiting what becomes of a partial match that waits here
 * @param notNext a fact that must not come right before
 * @param never a fact that must not come while it waits
 */
record Stage(
        String name,
        Question takes,
        Waiting waiting,
        @Nullable Question notNext,
        @Nullable Question never) {

    /** What becomes of a partial match when a fact comes. */
    enum Waiting {
        /** It waits for no other fact than the next. */
        NOT_AT_ALL,
        /** It waits until it takes a fact. */
        UNTIL_TAKEN,
        /** It takes a fact and waits on for others. */
        FOR_EVERY
    }
}
