package dev.tideline.patterns.segment;

import java.util.Arrays;

/**
 * What one user did, as far as one leaf cares: of a leaf with a window the newest timestamps, oldest first and never more
 * than the leaf's capacity; of a leaf that looks back for ever only how many there were.
 */
final class Tally {
    /** No instant: time alone changes nothing. */
    static final long NEVER = Long.MAX_VALUE;

    /** Counted facts of a leaf without a window. */
    long count;

    long[] times = new long[0];

    /** When the leaf's count next falls below a number that a rule asks for. Not stored: follows from times and rules. */
    long due = NEVER;

    boolean isEmpty() {
        return count == 0 && times.length == 0;
    }

    /** Puts a timestamp in its place, and lets the oldest go where there would be more than {@code capacity}. */
    void add(long time, int capacity) {
        int place = times.length;
        while (place > 0 && times[place - 1] > time) {
            place--;
        }
        long[] grown = new long[times.length + 1];
        System.arraycopy(times, 0, grown, 0, place);
        grown[place] = time;
        System.arraycopy(times, place, grown, place + 1, times.length - place);
        times = grown.length > capacity ? Arrays.copyOfRange(grown, grown.length - capacity, grown.length) : grown;
    }

    /** Forgets what lies at or before the instant. */
    void forgetThrough(long instant) {
        int kept = newerThan(instant);
        if (kept < times.length) {
            times = Arrays.copyOfRange(times, times.length - kept, times.length);
        }
    }

    /** How many timestamps lie after the instant. */
    int newerThan(long instant) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] > instant) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return times.length - low;
    }

    /** The k-th newest timestamp, k from 1; the caller knows that there are so many. */
    long newest(int k) {
        return times[times.length - k];
    }
}
