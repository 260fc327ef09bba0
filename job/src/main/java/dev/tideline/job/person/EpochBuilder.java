package dev.tideline.job.person;

import dev.tideline.patterns.alert.AlertDesk;
import dev.tideline.patterns.alert.StaffRoutine;
import dev.tideline.patterns.rule.PolicyRule;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.segment.HistoryNeeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines up epochs. Engines of segments that stay together are made once, however often the line is drawn anew. */
final class EpochBuilder {
    private final @Nullable StaffRoutine staff;
    private final boolean anticipates;
    private Map<Long, Segmentation> segmentations = Map.of();

    /** @param anticipates whether segments to come are known when they are lined up, so that what they ask for is counted */
    EpochBuilder(@Nullable StaffRoutine staff, boolean anticipates) {
        this.staff = staff;
        this.anticipates = anticipates;
    }

    /**
     * @param begin where the line begins
     * @param segments enabled ones, in the order of their keys
     * @param policies enabled ones, in the order of their keys
     */
    Epochs line(long begin, List<InForce<SegmentRule>> segments, List<InForce<PolicyRule>> policies) {
        TreeSet<Long> turns = new TreeSet<>();
        segments.forEach(rule -> turns(rule, turns));
        policies.forEach(rule -> turns(rule, turns));
        Map<Long, Segmentation> used = new HashMap<>();
        List<Epoch> line = new ArrayList<>();
        line.add(epoch(begin, segments, policies, used));
        for (long turn : turns.tailSet(begin, false)) {
            if (turn < Long.MAX_VALUE) {
                line.add(epoch(turn, segments, policies, used));
            }
        }
        segmentations = used;
        return new Epochs(line);
    }

    private static void turns(InForce<?> rule, TreeSet<Long> turns) {
        turns.add(rule.from());
        turns.add(rule.until());
    }

    private Epoch epoch(
            long from,
            List<InForce<SegmentRule>> segments,
            List<InForce<PolicyRule>> policies,
            Map<Long, Segmentation> used) {
        List<InForce<SegmentRule>> together = new ArrayList<>(at(segments, from));
        List<InForce<SegmentRule>> held = held(together);
        together.removeAll(held);
        List<InForce<SegmentRule>> coming = anticipates ? after(segments, from) : List.of();
        long name = Segmentation.fingerprint(together, coming, held);
        Segmentation segmentation = used.computeIfAbsent(
                name, any -> segmentations.getOrDefault(any, new Segmentation(together, coming, held)));
        PolicyRule live = null;
        Epoch.Shadow shadow = null;
        long policy = 0;
        for (InForce<PolicyRule> found : at(policies, from)) {
            policy += found.fingerprint();
            if (!found.rule().header().shadow()) {
                live = found.rule();
            } else if (shadow == null) {
                shadow = new Epoch.Shadow(found.rule(), new AlertDesk(found.rule(), staff));
            }
        }
        return new Epoch(from, name + policy, policy, segmentation, new AlertDesk(live, staff), shadow);
    }

    /** Those that wait for history, and those that refer to one of them. */
    private static List<InForce<SegmentRule>> held(List<InForce<SegmentRule>> together) {
        Set<String> waiting = together.stream()
                .filter(InForce::waits)
                .map(segment -> segment.rule().id())
                .collect(Collectors.toSet());
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<SegmentRule> rules = together.stream().map(InForce::rule).toList();
        Set<String> all = HistoryNeeds.waitingToo(rules, waiting);
        return together.stream()
                .filter(segment -> all.contains(segment.rule().id()))
                .toList();
    }

    private static List<InForce<SegmentRule>> after(List<InForce<SegmentRule>> rules, long instant) {
        return rules.stream().filter(rule -> rule.from() > instant).toList();
    }

    private static <R extends Rule> List<InForce<R>> at(List<InForce<R>> rules, long instant) {
        return rules.stream().filter(rule -> rule.at(instant)).toList();
    }
}
