package dev.tideline.job.benchmark;

import com.sun.management.OperatingSystemMXBean;
import dev.tideline.patterns.fact.Fact;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * One contender's way through the facts, from the first fact to the end of the last. One at a time in a process; the facts are
 * here because a source in the same process can take them from here at no cost.
 */
final class Lap {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static volatile Lap current = new Lap(List.of());

    private final List<Fact> facts;
    private final LongAdder found = new LongAdder();
    private final LongAdder prints = new LongAdder();
    private volatile long started;
    private volatile long startedCpu;
    private volatile long ended;
    private volatile long endedCpu;

    private Lap(List<Fact> facts) {
        this.facts = facts;
    }

    static Lap begin(List<Fact> facts) {
        current = new Lap(facts);
        return current;
    }

    static Lap current() {
        return current;
    }

    /** The fact of the number; the first starts the clock. */
    Fact fact(long number) {
        if (number == 0) {
            started = System.nanoTime();
            startedCpu = PROCESS.getProcessCpuTime();
        }
        return facts.get((int) number);
    }

    /** Somebody found a match. */
    void found(long fingerprint) {
        found.increment();
        prints.add(fingerprint);
    }

    /** Nothing more will be found. */
    void end() {
        ended = System.nanoTime();
        endedCpu = PROCESS.getProcessCpuTime();
    }

    int facts() {
        return facts.size();
    }

    double wallMicros() {
        return (ended - started) / 1e3 / facts.size();
    }

    double cpuMicros() {
        return (endedCpu - startedCpu) / 1e3 / facts.size();
    }

    /** What was found: how many, and a sum that tells others from the same. */
    Matches matches() {
        return new Matches(found.sum(), prints.sum());
    }

    /** Equal if the same matches were found, each as often. */
    record Matches(long count, long fingerprint) {}
}
