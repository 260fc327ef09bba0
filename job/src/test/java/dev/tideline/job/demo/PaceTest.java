package dev.tideline.job.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The platform's time against the wall clock's. */
final class PaceTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final int DAYS_A_MINUTE = 20;

    private final AtomicReference<Instant> wallClock = new AtomicReference<>(NOW);

    @Test
    void sixtyDaysPassInThreeMinutes() {
        Pace pace = pace(daysAgo(60));
        later(Duration.ofSeconds(90));
        assertThat(pace.now()).isEqualTo(daysAgo(30));
        assertThat(pace.isRealTime()).isFalse();
    }

    @Test
    void onceItHasCaughtUpItGoesWithTheWallClockAndNeverAheadOfIt() {
        Pace pace = pace(daysAgo(60));
        later(Duration.ofMinutes(4));
        assertThat(pace.now()).isEqualTo(NOW.plus(Duration.ofMinutes(4)));
        assertThat(pace.isRealTime()).isTrue();
    }

    @Test
    void aStartInTheFutureWaitsForTheWallClock() {
        assertThat(pace(NOW.plus(Duration.ofDays(1))).now()).isEqualTo(NOW);
    }

    private Pace pace(Instant start) {
        return new Pace(start, DAYS_A_MINUTE, wallClock::get);
    }

    private void later(Duration passed) {
        wallClock.updateAndGet(now -> now.plus(passed));
    }

    private static Instant daysAgo(int days) {
        return NOW.minus(Duration.ofDays(days));
    }
}
