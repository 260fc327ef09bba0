package dev.tideline.job.replay;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which ids of a history may be there more than once; safe for many threads. Only those have to be remembered when repeats are
 * sought, and mostly there are few.
 *
 * <p>Owns: two bits for each of {@link #PLACES} places, whatever the length of the history; an id whose place is taken by another
 * counts as repeated too, which costs memory later but changes nothing · Lifecycle: a replay · Never: an id.
 */
final class RepeatedIds {
    private static final int PLACE_BITS = 26;
    private static final int PLACES = 1 << PLACE_BITS;

    private final AtomicLongArray seen = new AtomicLongArray(PLACES / Long.SIZE);
    private final AtomicLongArray again = new AtomicLongArray(PLACES / Long.SIZE);

    /** Takes the id, which stands in the first 16 bytes. */
    void saw(byte[] event) {
        int place = place(event);
        long bit = 1L << place;
        long before = seen.getAndAccumulate(place >>> 6, bit, (known, added) -> known | added);
        if ((before & bit) != 0) {
            again.getAndAccumulate(place >>> 6, bit, (known, added) -> known | added);
        }
    }

    /** Whether another event may have the id that stands in the first 16 bytes; false is certain. */
    boolean mayRepeat(byte[] event) {
        int place = place(event);
        return (again.get(place >>> 6) & 1L << place) != 0;
    }

    private static int place(byte[] event) {
        long mixed = (number(event, 0) * 0x9E3779B97F4A7C15L ^ number(event, Long.BYTES)) * 0xC2B2AE3D27D4EB4FL;
        return (int) (mixed >>> Long.SIZE - PLACE_BITS);
    }

    /** The 8 bytes from a place on. */
    static long number(byte[] bytes, int from) {
        long number = 0;
        for (int at = from; at < from + Long.BYTES; at++) {
            number = number << Byte.SIZE | bytes[at] & 0xFF;
        }
        return number;
    }
}
