package dev.tideline.job.store;

import java.time.Duration;

/**
 * How long to wait before the next try: twice as long each time, up to a cap.
 *
 * @param first after the first failure
 * @param most no pause is longer
 */
record Patience(Duration first, Duration most) {
    static final Patience DEFAULT = new Patience(Duration.ofMillis(100), Duration.ofSeconds(10));

    /** The pause after the given number of failures in a row, from 1. */
    Duration pause(int failures) {
        int doublings = Math.min(failures - 1, 20);
        Duration grown = first.multipliedBy(1L << doublings);
        return grown.compareTo(most) < 0 ? grown : most;
    }
}
