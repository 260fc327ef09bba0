package dev.tideline.job.store;

import java.time.Duration;

/**
 * How long to wait before the next try: twice as long each time, up to a cap.
 *
 * @param first after the first failure
 * @param most no pause is longer
 * @param tries after so many failures in a row the writer gives up
 */
record Patience(Duration first, Duration most, int tries) {
    /** Waits until the database is back, or the job is cancelled. */
    static final Patience WITHOUT_END = new Patience(Duration.ofMillis(100), Duration.ofSeconds(10), Integer.MAX_VALUE);
    /** Waits for about a minute. */
    static final Patience A_MINUTE = new Patience(Duration.ofMillis(100), Duration.ofSeconds(10), 12);

    /** The pause after the given number of failures in a row, from 1. */
    Duration pause(int failures) {
        int doublings = Math.min(failures - 1, 20);
        Duration grown = first.multipliedBy(1L << doublings);
        return grown.compareTo(most) < 0 ? grown : most;
    }
}
