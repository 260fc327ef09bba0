package dev.tideline.job.ingest.tide;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How event time is kept.
 *
 * @param name under which {@link TideBoard} shows the readings; one for each job in a process
 * @param outOfOrderness how far event time stays behind the highest event; zero or more
 * @param idleTimeout how long a partition has to be read to its end before event time no longer waits for it
 * @param pollInterval how often the broker is asked where the partitions end
 * @param discoveryInterval how often the broker is asked for new partitions to read
 * @param coldStartNeedsCheckpoint whether the first event waits for a checkpoint that holds all rules, profiles and
 *     privacy requests; without it events may overtake those that are still on their way through the operators
 * @param eventsFrom the first job start reads events from the first record at or after this record timestamp; null: all
 */
public record TideOptions(
        String name,
        Duration outOfOrderness,
        Duration idleTimeout,
        Duration pollInterval,
        Duration discoveryInterval,
        boolean coldStartNeedsCheckpoint,
        @Nullable Instant eventsFrom)
        implements Serializable {
    /** As shipped. */
    public static final TideOptions DEFAULT = new TideOptions(
            "tideline",
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            true,
            null);

    public TideOptions {
        if (outOfOrderness.isNegative()) {
            throw new IllegalArgumentException("outOfOrderness must not be negative: " + outOfOrderness);
        }
        atLeastOneMilli("idleTimeout", idleTimeout);
        atLeastOneMilli("pollInterval", pollInterval);
        atLeastOneMilli("discoveryInterval", discoveryInterval);
    }

    private static void atLeastOneMilli(String name, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException(name + " must be at least a millisecond: " + duration);
        }
    }
}
