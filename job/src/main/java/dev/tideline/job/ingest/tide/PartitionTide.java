package dev.tideline.job.ingest.tide;

import static dev.tideline.job.ingest.tide.TideClock.NONE;

import dev.tideline.job.ingest.Channel;

/** What is known of one partition. Pure; confined to the thread of its {@link TideClock}. */
final class PartitionTide {
    /** So many looks without a step before a partition that is not at its end is worth a closer look. */
    private static final int LOOKS_BEFORE_SUSPECT = 3;

    private static final int LOOKS_BETWEEN_SUSPICIONS = 8;

    private final Channel channel;
    private long position = NONE;
    private long highest;
    private long begin = NONE;
    private long end = NONE;
    private long endBefore = NONE;
    private long quietSince = NONE;
    private long positionSeen = NONE;
    private int looksWithoutStep;

    /** @param highest the highest event time that was read before a restart; {@link TideClock#NONE} without one */
    PartitionTide(Channel channel, long highest) {
        this.channel = channel;
        this.highest = highest;
    }

    Channel channel() {
        return channel;
    }

    /** A reader handed on everything below {@code next}. */
    void read(long next, long reach) {
        if (next > position) {
            position = next;
            quietSince = NONE;
        }
        highest = Math.max(highest, reach);
    }

    /** Nothing that can be read lies below {@code offset}, past what was read: transaction marks, or compacted away. */
    void nothingLeftBelow(long offset) {
        position = Math.max(position, offset);
    }

    /** The broker said where the partition begins and ends. */
    void seen(long newBegin, long newEnd, long wall) {
        boolean still = newEnd == end && position() == positionSeen;
        endBefore = end == NONE ? newEnd : end;
        begin = newBegin;
        end = newEnd;
        positionSeen = position();
        looksWithoutStep = still && unread() > 0 ? looksWithoutStep + 1 : 0;
        if (unread() > 0) {
            quietSince = NONE;
        } else if (quietSince == NONE || !still) {
            quietSince = wall;
        }
    }

    /** What was known of its end and its quiet no longer holds. */
    void doubt() {
        quietSince = NONE;
    }

    /** Its reader starts anew, from where is not known yet. */
    void rewind() {
        position = NONE;
        highest = NONE;
        quietSince = NONE;
    }

    /** The offset after the last record that was read, or from which reading will start. */
    long position() {
        return Math.max(position, begin);
    }

    long highest() {
        return highest;
    }

    long unread() {
        return end == NONE ? 0 : Math.max(0, end - position());
    }

    /** Whether what was there at the look before the last one is still to be read, or might be. */
    boolean behind() {
        return end == NONE || position() < endBefore;
    }

    boolean quietFor(long duration, long wall) {
        return quietSince != NONE && wall - quietSince >= duration;
    }

    /** Whether it stands still just short of its end: there may be nothing left that can be read. */
    boolean suspect() {
        return looksWithoutStep >= LOOKS_BEFORE_SUSPECT
                && (looksWithoutStep - LOOKS_BEFORE_SUSPECT) % LOOKS_BETWEEN_SUSPICIONS == 0;
    }
}
