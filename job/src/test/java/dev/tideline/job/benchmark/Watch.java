package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Result;
import dev.tideline.patterns.fact.SegmentChange;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What a run has done so far. One run at a time in a process; safe for many threads. */
final class Watch {
    private static volatile Watch current = new Watch();

    private final LongAdder events = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final AtomicLong started = new AtomicLong();
    private final Set<String> finished = ConcurrentHashMap.newKeySet();
    private final CountDownLatch allFinished = new CountDownLatch(1);
    private volatile @Nullable SegmentChange first;

    /** A new run begins; its clock starts with its first event. */
    static Watch begin() {
        current = new Watch();
        return current;
    }

    /** The run that goes on. */
    static Watch current() {
        return current;
    }

    /** An event was decoded. */
    void decoded() {
        if (started.get() == 0) {
            started.compareAndSet(0, System.nanoTime());
        }
        events.increment();
    }

    /** Something left a person's operator. */
    void saw(Result result) {
        if (result.seen() != null && result.seen().kind() == Arrival.Kind.EVENT) {
            decoded();
            if (result.late()) {
                late.increment();
            }
        }
    }

    /** A user entered or left a segment. */
    void saw(SegmentChange change) {
        if (change.segment().equals("opened")) {
            first = change;
        } else if (change.segment().equals("finished")) {
            finished.add(change.user());
            if (finished.size() == Traffic.FINISHERS) {
                allFinished.countDown();
            }
        }
    }

    /** Waits until everything was evaluated in the order of event time. */
    void awaitEnd() throws InterruptedException, TimeoutException {
        if (!allFinished.await(30, TimeUnit.MINUTES)) {
            throw new TimeoutException(events + " events, " + finished.size() + " finished");
        }
    }

    /** Seconds since the first event. */
    double seconds() {
        return (System.nanoTime() - started.get()) / 1e9;
    }

    long events() {
        return events.sum();
    }

    long late() {
        return late.sum();
    }

    /** Whether the very first event of all was found by its rule. */
    boolean foundTheFirst() {
        return first != null;
    }
}
