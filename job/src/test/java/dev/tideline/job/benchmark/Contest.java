package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Contenders who take turns on the same facts, one after the other, again and again, so that all meet the same weather. */
final class Contest {
    private final String stateBackend;
    private final int warmUps;
    private final int rounds;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * Who takes part.
     *
     * @param judged whether the matches must be the reference's
     */
    private record Entry(
            String name, String stateBackend, List<Fact> facts, boolean judged, Track.Contender contender) {}

    /**
     * How one did.
     *
     * @param facts in each lap
     * @param wallMicros a fact, the median of the laps
     * @param cpuMicros a fact, of all threads of the process, the median of the laps
     */
    record Result(String name, int facts, double wallMicros, double cpuMicros, Lap.Matches matches) {}

    /** A column of the table: how one did, held against the others. */
    record Column(String title, Ratio ratio) {}

    /** How one did, held against the others. */
    @FunctionalInterface
    interface Ratio {
        double of(Result own, Map<String, Result> all);
    }

    /**
     * Opens a contest.
     *
     * @param warmUps rounds before those that count
     */
    Contest(String stateBackend, int warmUps, int rounds) {
        this.stateBackend = stateBackend;
        this.warmUps = warmUps;
        this.rounds = rounds;
    }

    /** Takes part; the first to enter is the reference. */
    Contest enter(String name, List<Fact> facts, Track.Contender contender) {
        entries.add(new Entry(name, stateBackend, facts, true, contender));
        return this;
    }

    /** Takes part with something else to find. */
    Contest enterUnjudged(String name, List<Fact> facts, Track.Contender contender) {
        entries.add(new Entry(name, stateBackend, facts, false, contender));
        return this;
    }

    /** Takes part on another state backend, with as many facts of its own, and something else to find. */
    Contest enterOn(String otherBackend, String name, List<Fact> facts, Track.Contender contender) {
        entries.add(new Entry(name, otherBackend, facts, false, contender));
        return this;
    }

    /**
     * Lets them run.
     *
     * @throws IllegalStateException if they do not all find the same
     */
    Map<String, Result> run() throws Exception {
        Map<Entry, List<Lap>> laps = new LinkedHashMap<>();
        for (int round = -warmUps; round < rounds; round++) {
            for (Entry entry : entries) {
                Lap lap = Track.run(entry.facts(), entry.stateBackend(), entry.contender());
                if (round >= 0) {
                    laps.computeIfAbsent(entry, first -> new ArrayList<>()).add(lap);
                }
            }
        }
        judge(laps);
        Map<String, Result> results = new LinkedHashMap<>();
        laps.forEach((entry, ran) -> results.put(
                entry.name(),
                new Result(
                        entry.name(),
                        entry.facts().size(),
                        median(ran, Lap::wallMicros),
                        median(ran, Lap::cpuMicros),
                        ran.get(0).matches())));
        return results;
    }

    private void judge(Map<Entry, List<Lap>> laps) throws Exception {
        Map<Integer, Lap.Matches> expected = new LinkedHashMap<>();
        for (Map.Entry<Entry, List<Lap>> ran : laps.entrySet()) {
            Entry entry = ran.getKey();
            if (!entry.judged()) {
                continue;
            }
            if (!expected.containsKey(entry.facts().size())) {
                Track.Contender reference = entries.get(0).contender();
                expected.put(
                        entry.facts().size(),
                        Track.run(entry.facts(), stateBackend, reference).matches());
            }
            Lap.Matches right = expected.get(entry.facts().size());
            for (Lap lap : ran.getValue()) {
                if (!lap.matches().equals(right)) {
                    throw new IllegalStateException(entry.name() + " found " + lap.matches() + " in "
                            + entry.facts().size() + " facts on " + stateBackend + ", not " + right);
                }
            }
        }
    }

    private static double median(List<Lap> laps, ToDoubleFunction<Lap> of) {
        double[] sorted = laps.stream().mapToDouble(of).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
