package dev.tideline.job.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The platform's time: it runs faster than the wall clock until it has caught up with it, and never overtakes it.
 * Immutable and thread-safe.
 */
final class Pace {
    private static final double MILLIS_A_MINUTE = 60_000;
    private static final double MILLIS_A_DAY = 86_400_000;

    private final Instant start;
    private final Instant startedAt;
    private final double factor;
    private final Supplier<Instant> wallClock;

    /**
     * Starts to run now.
     *
     * @param start the platform's time at the start; a start in the future waits for the wall clock
     * @param daysPerMinute above 0
     */
    Pace(Instant start, double daysPerMinute, Supplier<Instant> wallClock) {
        this.start = start;
        this.startedAt = wallClock.get();
        this.factor = daysPerMinute * MILLIS_A_DAY / MILLIS_A_MINUTE;
        this.wallClock = wallClock;
    }

    /** The platform's time. */
    Instant now() {
        Instant wall = wallClock.get();
        double passed = Duration.between(startedAt, wall).toMillis() * factor;
        if (passed >= Duration.between(start, wall).toMillis()) {
            return wall;
        }
        return start.plusMillis((long) passed);
    }

    /** Whether the wall clock has been caught up with. */
    boolean isRealTime() {
        Instant wall = wallClock.get();
        return Duration.between(startedAt, wall).toMillis() * factor
                >= Duration.between(start, wall).toMillis();
    }
}
