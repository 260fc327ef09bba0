package dev.tideline.patterns.segment;

import dev.tideline.patterns.rule.Predicate;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that is counted, kept once whichever segments ask for it.
 *
 * @param index its place in the engine
 * @param fact the kind of fact; null for a sequence, whose matches the host reports
 * @param window in milliseconds, {@code t - window < time <= t}; {@link #EVER} for none
 * @param thresholds the counts at which an answer changes, each 1 or more, ascending
 * @param capacity more than this need not be remembered
 * @param segments who asks; nobody where it is only counted for rules to come
 */
record Leaf(
        int index,
        long key,
        @Nullable String fact,
        @Nullable Predicate where,
        long window,
        int[] thresholds,
        int capacity,
        int[] segments) {

    static final long EVER = Long.MAX_VALUE;

    boolean isEver() {
        return window == EVER;
    }

    /** How many count at the instant; above {@link #capacity} the number is not to be relied on. */
    long count(@Nullable Tally tally, long at) {
        if (tally == null) {
            return 0;
        }
        return isEver() ? tally.count : tally.newerThan(at - window);
    }

    /** Counts a fact of the given time, at the given instant; false where it is too old to count. */
    boolean count(Tally tally, long time, long at) {
        if (isEver()) {
            tally.count++;
            return true;
        }
        if (capacity == 0 || time <= at - window) {
            return false;
        }
        tally.add(time, capacity);
        refresh(tally, at);
        return true;
    }

    /** Forgets what no longer counts, and finds when the next of them ceases to. */
    void refresh(Tally tally, long at) {
        tally.due = Tally.NEVER;
        if (!isEver()) {
            tally.forgetThrough(at - window);
            expiries(tally, at, instant -> tally.due = Math.min(tally.due, instant));
        }
    }

    /** The instants after {@code at} when time alone takes the count below a threshold. */
    void expiries(Tally tally, long at, LongConsumer instants) {
        for (int threshold : thresholds) {
            if (!isEver() && threshold <= tally.times.length && tally.newest(threshold) + window > at) {
                instants.accept(tally.newest(threshold) + window);
            }
        }
    }
}
