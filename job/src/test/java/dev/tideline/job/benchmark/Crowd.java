package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Many people, of whom each comes once; then a steady trickle of those who come again, while a rule changes for everybody: and
 * what that does to the trickle and to checkpoints. One run at a time in a process; safe for many threads.
 */
final class Crowd {
    static final int PER_SECOND = 1_000;
    private static final long BEGINNING = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final long STEADY = BEGINNING + 3_600_000;
    private static final int BEFORE_SECONDS = 10;

    /** When the rule changes. */
    static final long CHANGE = STEADY + BEFORE_SECONDS * 1_000L;

    private static volatile Crowd current = new Crowd(0, 0);

    /** How long something took, and when it was over. */
    record Took(long endNanos, long nanos) {}

    final int people;
    private final int tasks;
    private final LongAdder came = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final CompletableFuture<Void> everybodyCame = new CompletableFuture<>();
    private final CountDownLatch everybodyReached = new CountDownLatch(1);
    private final Set<Integer> through = ConcurrentHashMap.newKeySet();
    private final Queue<Took> events = new ConcurrentLinkedQueue<>();
    private final Queue<Took> barriers = new ConcurrentLinkedQueue<>();
    private final Map<Long, Long> barrierStarts = new ConcurrentHashMap<>();
    private volatile long steadySince;
    private volatile long changedAt = Long.MAX_VALUE;
    private volatile long reachedAt = Long.MAX_VALUE;

    private Crowd(int people, int tasks) {
        this.people = people;
        this.tasks = tasks;
    }

    static Crowd begin(int people, int tasks) {
        current = new Crowd(people, tasks);
        return current;
    }

    static Crowd current() {
        return current;
    }

    /** The arrival of the number; those of the trickle bear the time at which they set out. */
    Arrival arrival(long number) {
        boolean again = number >= people;
        long at = again ? STEADY + (number - people) * 1_000 / PER_SECOND : BEGINNING + number / 1_000;
        if (again && at >= CHANGE && changedAt == Long.MAX_VALUE) {
            changedAt = System.nanoTime();
        }
        long person = again ? (number - people) * 7_919 % people : number;
        return Arrival.of(new Event(
                new UUID(1, number).toString(),
                new UUID(2, person).toString(),
                "page_view",
                Instant.ofEpochMilli(at),
                null,
                null,
                null,
                null,
                null,
                List.of(Purpose.SEGMENTATION),
                Instant.ofEpochSecond(0, again ? System.nanoTime() : 0)));
    }

    /** When the arrival of the number may set out. */
    CompletableFuture<Void> turn(long number) {
        if (number < people) {
            return CompletableFuture.completedFuture(null);
        }
        return everybodyCame.thenCompose(nothing -> {
            if (steadySince == 0) {
                steadySince = System.nanoTime();
            }
            long due = steadySince + (number - people) * 1_000_000_000L / PER_SECOND;
            long wait = due - System.nanoTime();
            return wait <= 0
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.runAsync(
                            () -> {}, CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS));
        });
    }

    /** Completes when all have come once. */
    CompletableFuture<Void> everybodyCame() {
        return everybodyCame;
    }

    /** An arrival left the person stage. */
    void seen(Arrival arrival) {
        Instant setOut =
                arrival.event() == null ? Instant.EPOCH : arrival.event().arrivedAt();
        if (!setOut.equals(Instant.EPOCH)) {
            long now = System.nanoTime();
            events.add(new Took(now, now - setOut.getEpochSecond() * 1_000_000_000L - setOut.getNano()));
            return;
        }
        came.increment();
        if (came.sum() == people) {
            everybodyCame.complete(null);
        }
    }

    void changed() {
        changes.increment();
    }

    /** A task has brought all its users there. */
    void through(int task) {
        through.add(task);
        if (through.size() == tasks) {
            reachedAt = System.nanoTime();
            everybodyReached.countDown();
        }
    }

    void barrierSetsOut(long checkpoint) {
        barrierStarts.put(checkpoint, System.nanoTime());
    }

    /** A task has taken its snapshot, and hands the barrier on. */
    void barrierPasses(long checkpoint) {
        long now = System.nanoTime();
        barriers.add(new Took(now, now - barrierStarts.getOrDefault(checkpoint, now)));
    }

    void awaitEnd() throws InterruptedException {
        if (!everybodyReached.await(30, TimeUnit.MINUTES)) {
            throw new IllegalStateException("only " + changes + " have been reached");
        }
        TimeUnit.SECONDS.sleep(1);
    }

    double seconds() {
        return (reachedAt - changedAt) / 1e9;
    }

    long changes() {
        return changes.sum();
    }

    /** The longest that an event was held up, in milliseconds: before the change, or during it. */
    long longestEvent(boolean during) {
        return longest(events, during);
    }

    /** The same of a barrier. */
    long longestBarrier(boolean during) {
        return longest(barriers, during);
    }

    private long longest(Queue<Took> took, boolean during) {
        return took.stream()
                .filter(one -> one.endNanos() > steadySince && steadySince > 0)
                .filter(one -> during
                        ? one.endNanos() > changedAt && one.endNanos() - one.nanos() < reachedAt
                        : one.endNanos() < changedAt && one.endNanos() - one.nanos() > steadySince)
                .mapToLong(one -> TimeUnit.NANOSECONDS.toMillis(one.nanos()))
                .max()
                .orElse(-1);
    }
}
