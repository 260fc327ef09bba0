package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Result;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How steadily events leave the persons' operator, each task by itself: how long none came, and how far the newest is behind
 * the wall clock. Safe for many threads; one run at a time in a process.
 */
final class Stream {
    private static final int LONGEST_MILLIS = 60_000;

    private static final ThreadLocal<Task> TASK = ThreadLocal.withInitial(Task::new);
    private static volatile Stream current = new Stream();

    private final AtomicLongArray gaps = new AtomicLongArray(LONGEST_MILLIS);
    private final AtomicLongArray lags = new AtomicLongArray(LONGEST_MILLIS);
    private final long since = System.nanoTime();
    private volatile long until;

    private static final class Task {
        private long last = System.nanoTime();
        private long newest;
    }

    /** From now on it is watched anew. */
    static Stream watch() {
        Stream before = current;
        Stream next = new Stream();
        current = next;
        before.until = System.nanoTime();
        return next;
    }

    /** An event has left the operator, in the thread of its task. */
    static void saw(Result result) {
        Arrival seen = result.seen();
        if (seen != null && seen.event() != null) {
            current.saw(seen.event().at().toEpochMilli());
        }
    }

    private void saw(long at) {
        Task task = TASK.get();
        long now = System.nanoTime();
        count(gaps, (now - task.last) / 1_000_000);
        task.last = now;
        task.newest = Math.max(task.newest, at);
        count(lags, System.currentTimeMillis() - task.newest);
    }

    private static void count(AtomicLongArray counts, long millis) {
        counts.incrementAndGet((int) Math.max(0, Math.min(LONGEST_MILLIS - 1, millis)));
    }

    /** Events a second. */
    double eventsASecond() {
        long end = until == 0 ? System.nanoTime() : until;
        return sum(lags) / ((end - since) / 1e9);
    }

    /** The longest time, in milliseconds, in which a task let no event out. */
    int longestGap() {
        return quantile(gaps, 1);
    }

    /** How many milliseconds the newest event of a task was behind the wall clock, for this share of all events. */
    int lag(double share) {
        return quantile(lags, share);
    }

    private static long sum(AtomicLongArray counts) {
        long sum = 0;
        for (int millis = 0; millis < LONGEST_MILLIS; millis++) {
            sum += counts.get(millis);
        }
        return sum;
    }

    private static int quantile(AtomicLongArray counts, double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * sum(counts)));
        long seen = 0;
        for (int millis = 0; millis < LONGEST_MILLIS; millis++) {
            seen += counts.get(millis);
            if (seen >= wanted) {
                return millis;
            }
        }
        return LONGEST_MILLIS;
    }
}
