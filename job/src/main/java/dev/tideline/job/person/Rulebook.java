package dev.tideline.job.person;

import dev.tideline.patterns.alert.AlertDesk;
import dev.tideline.patterns.alert.StaffRoutine;
import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.PolicyRule;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.segment.SegmentEngine;
import dev.tideline.patterns.sequence.SequenceMatcher;
import dev.tideline.patterns.sequence.WatchedSequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules in force, compiled and indexed by the kinds of fact that they ask about. For one thread. */
final class Rulebook {
    private static final String SEGMENT_SEQUENCE = "sequence of segments/";

    private final @Nullable StaffRoutine staff;
    private final SequenceMatcher matcher;
    private SegmentEngine segments = new SegmentEngine(List.of());
    private Map<String, PatternRule> patterns = Map.of();
    private Map<String, Sequence> segmentSequences = Map.of();
    private Map<String, List<PatternRule>> immediate = Map.of();
    private AlertDesk desk;
    private long revision;
    private long effective = Long.MIN_VALUE;

    Rulebook(int mostPartials, @Nullable StaffRoutine staff) {
        this.staff = staff;
        matcher = new SequenceMatcher(mostPartials);
        desk = new AlertDesk(null, staff);
    }

    /**
     * From now on these rules are in force.
     *
     * @param revisionNumber counts the changes
     * @param rules accepted ones, also such as are not enabled
     */
    void adopt(long revisionNumber, Collection<Rule> rules) {
        revision = revisionNumber;
        List<SegmentRule> segmentRules = new ArrayList<>();
        patterns = new HashMap<>();
        immediate = new HashMap<>();
        desk = new AlertDesk(null, staff);
        for (Rule rule : rules) {
            effective = Math.max(effective, rule.header().effectiveMillis());
            if (rule.header().enabled()) {
                take(rule, segmentRules);
            }
        }
        segments = new SegmentEngine(segmentRules);
        watch();
    }

    private void take(Rule rule, List<SegmentRule> segmentRules) {
        if (rule instanceof SegmentRule segment) {
            segmentRules.add(segment);
        } else if (rule instanceof PolicyRule found) {
            desk = new AlertDesk(found, staff);
        } else if (rule instanceof PatternRule pattern) {
            patterns.put(pattern.header().key(), pattern);
            if (pattern.immediate()) {
                String kind = pattern.sequence().steps().get(0).on();
                immediate.computeIfAbsent(kind, any -> new ArrayList<>()).add(pattern);
            }
        }
    }

    private void watch() {
        List<WatchedSequence> watched = new ArrayList<>();
        patterns.values().forEach(pattern -> watched.add(WatchedSequence.of(pattern)));
        segmentSequences = new HashMap<>();
        for (Sequence sequence : segments.sequences()) {
            WatchedSequence asked = WatchedSequence.byContent(SEGMENT_SEQUENCE, sequence);
            segmentSequences.put(asked.key(), sequence);
            watched.add(asked);
        }
        watched.sort(Comparator.comparing(WatchedSequence::key));
        matcher.watch(watched);
    }

    SequenceMatcher matcher() {
        return matcher;
    }

    SegmentEngine segments() {
        return segments;
    }

    AlertDesk desk() {
        return desk;
    }

    /** The pattern that a match is of; null where a segment asked. */
    @Nullable
    PatternRule pattern(String key) {
        return patterns.get(key);
    }

    @Nullable
    Sequence segmentSequence(String key) {
        return segmentSequences.get(key);
    }

    /** The immediate patterns that ask about facts of the kind. */
    List<PatternRule> immediate(String kind) {
        return immediate.getOrDefault(kind, List.of());
    }

    long revision() {
        return revision;
    }

    /** From when the newest of the rules holds (epoch milliseconds). */
    long effective() {
        return effective;
    }
}
