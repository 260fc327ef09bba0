package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.segment.SegmentEngine;
import dev.tideline.patterns.segment.SegmentState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What segments keep of a user when all facts have been taken.
 *
 * @param users how many
 * @param written bytes a user as they are written
 * @param onHeap bytes a user on the heap, with nothing else
 */
record Weight(int users, double written, double onHeap) {
    private static final int COLLECTIONS = 3;

    static Weight of(String documents, List<Fact> facts) {
        SegmentEngine engine = HostedSegments.engine(documents);
        List<Fact> ordered =
                facts.stream().sorted(Comparator.comparingLong(Fact::millis)).toList();
        Map<String, SegmentState> users = new HashMap<>();
        for (Fact fact : ordered) {
            HostedSegments.changes(engine, users.computeIfAbsent(fact.user(), SegmentState::new), fact);
        }
        long until = ordered.get(ordered.size() - 1).millis();
        users.values().forEach(state -> engine.advance(state, until));
        int size = users.size();
        double written = users.values().stream()
                .mapToInt(state -> state.toBytes().length)
                .average()
                .orElse(0);
        long with = used();
        users.clear();
        double onHeap = (with - used()) / (double) size;
        return new Weight(size, written, onHeap);
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
