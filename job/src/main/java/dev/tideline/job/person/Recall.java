package dev.tideline.job.person;

import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.segment.Recollection;
import dev.tideline.patterns.segment.SegmentState;
import dev.tideline.patterns.sequence.SequenceMatcher;
import dev.tideline.patterns.sequence.WatchedSequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How history is taken in for one revision: what it asks for that nobody counted before. For one thread. */
final class Recall {
    private final InForce<SegmentRule> segment;
    private final Recollection.Plan plan;
    private final SequenceMatcher matcher;
    private final Map<String, Sequence> sequences = new HashMap<>();

    /** @param before the segments that were in force until the revision came */
    Recall(InForce<SegmentRule> segment, List<SegmentRule> before, int mostPartials) {
        this.segment = segment;
        plan = new Recollection.Plan(segment.rule(), before);
        matcher = new SequenceMatcher(mostPartials);
        for (Sequence sequence : plan.sequences()) {
            sequences.put(SegmentSequences.watched(sequence).key(), sequence);
        }
        matcher.watch(plan.sequences().stream().map(SegmentSequences::watched).toList());
    }

    /** Whether history has come. */
    boolean isFilled() {
        return !segment.waits();
    }

    /** Whether history may still come: no other version has taken the place of this one. */
    boolean isAwaited() {
        return segment.waits() && segment.until() == WatchedSequence.OPEN;
    }

    /** Goes on taking in what history says of a user. */
    Taken taken(String user, CatchUpState.Awaited known) {
        SegmentState counted =
                known.counted().length == 0 ? new SegmentState(user) : SegmentState.fromBytes(user, known.counted());
        RecalledSequences partials = new RecalledSequences(matcher, sequences, known.sequences());
        return new Taken(
                segment.rule(), known, new Recollection(plan, counted, partials, known.since()), counted, partials);
    }

    /** What was taken in so far. */
    record Taken(
            SegmentRule rule,
            CatchUpState.Awaited known,
            Recollection recollection,
            SegmentState counted,
            RecalledSequences sequences) {
        CatchUpState.Awaited toState() {
            return new CatchUpState.Awaited(
                    known.number(), known.since(), known.until(), counted.toBytes(), sequences.toBytes());
        }
    }
}
