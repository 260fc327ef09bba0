package dev.tideline.job;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what must come about at some time. The time limit only ends a test that has failed already. */
public final class Eventually {
    private static final Duration AT_MOST = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private Eventually() {}

    /** Looks until it is enough, and returns what was seen last: assert on that, so that a failure shows it. */
    public static <T> T see(Supplier<T> look, Predicate<T> enough) {
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        T seen = look.get();
        while (!enough.test(seen) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            seen = look.get();
        }
        return seen;
    }
}
