package dev.tideline.patterns.segment;

import dev.tideline.patterns.rule.Predicate;
import java.util.Arrays;
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

    /** Whether a fact of the given time counts at the given instant, and has to be remembered for that. */
    boolean counts(long time, long at) {
        return isEver() || (capacity > 0 && time > at - window);
    }

    /** Counts a fact that {@link #counts}. */
    void add(Tally tally, long time) {
        if (isEver()) {
            tally.count++;
        } else {
            tally.add(time, capacity);
        }
    }

    /** Forgets what no longer counts. */
    void forget(Tally tally, long at) {
        if (!isEver()) {
            tally.forgetThrough(at - window);
        }
    }

    /** The first instant after {@code at} when time alone takes the count below a threshold; {@link Tally#NEVER} if none does. */
    long nextDue(Tally tally, long at) {
        long next = Tally.NEVER;
        if (!isEver()) {
            for (int threshold : thresholds) {
                long expiry = expiry(tally, threshold);
                if (expiry > at && expiry < next) {
                    next = expiry;
                }
            }
        }
        return next;
    }

    /** Adds the instants after {@code at} when time alone takes the count below a threshold. */
    long[] expiries(Tally tally, long at, long[] known) {
        if (isEver()) {
            return known;
        }
        long[] all = Arrays.copyOf(known, known.length + thresholds.length);
        int size = known.length;
        for (int threshold : thresholds) {
            long expiry = expiry(tally, threshold);
            if (expiry > at && expiry < Tally.NEVER) {
                all[size++] = expiry;
            }
        }
        return size == all.length ? all : Arrays.copyOf(all, size);
    }

    private long expiry(Tally tally, int threshold) {
        return threshold <= tally.size() ? tally.newest(threshold) + window : Tally.NEVER;
    }
}
