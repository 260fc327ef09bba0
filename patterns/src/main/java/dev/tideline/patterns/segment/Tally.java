package dev.tideline.patterns.segment;

import java.util.Arrays;

/**
 * What one user did, as far as one leaf cares: of a leaf with a window the newest timestamps, oldest first and never more
 * than the leaf's capacity; of a leaf that looks back for ever only how many there were.
 */
final class Tally {
    /** No instant: time alone changes nothing. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long[] NONE = {};

    /** The leaf's. */
    final long key;

    /** Counted facts of a leaf without a window. */
    long count;

    /** Where it stands in its table, which alone changes this. */
    int slot;

    private long[] times;
    private int size;

    Tally(long key) {
        this(key, 0, NONE);
    }

    /** @param times ascending; not to be changed by anybody else */
    Tally(long key, long count, long[] times) {
        this.key = key;
        this.count = count;
        this.times = times;
        size = times.length;
    }

    Tally copy() {
        return new Tally(key, count, size == 0 ? NONE : Arrays.copyOf(times, size));
    }

    boolean isEmpty() {
        return count == 0 && size == 0;
    }

    /** How many timestamps are kept. */
    int size() {
        return size;
    }

    /** A timestamp; the oldest has the index 0. */
    long time(int index) {
        return times[index];
    }

    /** Puts a timestamp in its place, and lets the oldest go where there would be more than {@code capacity}, 1 or more. */
    void add(long time, int capacity) {
        if (size >= capacity) {
            dropOldest(size - capacity);
            if (time < times[0]) {
                return;
            }
            dropOldest(1);
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, Math.min(capacity, size < 4 ? size + 1 : size + size / 2));
        }
        int place = size;
        while (place > 0 && times[place - 1] > time) {
            times[place] = times[place - 1];
            place--;
        }
        times[place] = time;
        size++;
    }

    private void dropOldest(int number) {
        if (number > 0) {
            size -= number;
            System.arraycopy(times, number, times, 0, size);
        }
    }

    /** Forgets what lies at or before the instant. */
    void forgetThrough(long instant) {
        dropOldest(size - newerThan(instant));
    }

    /** How many timestamps lie after the instant. */
    int newerThan(long instant) {
        if (size == 0 || times[0] > instant) {
            return size;
        }
        int low = 1;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] > instant) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return size - low;
    }

    /** The k-th newest timestamp, k from 1; the caller knows that there are so many. */
    long newest(int k) {
        return times[size - k];
    }
}
