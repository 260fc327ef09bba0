package dev.tideline.job.person;

import dev.tideline.patterns.rule.Condition;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.sequence.Match;
import dev.tideline.patterns.sequence.WatchedSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sequences that segments ask for, each watched once until the last of the segments that ask for it ends; a match counts
 * if it began when the first of them held, or at any time where the rules to come are known from the beginning or history is
 * read for them. Partial matches go on from one version of a segment to the next where the sequence stays as it is, as counts
 * do.
 */
final class SegmentSequences {
    private static final String PREFIX = "sequence of segments/";

    private final boolean historyKnown;
    private final Map<String, Asked> byKey = new TreeMap<>();

    private record Asked(WatchedSequence watched, long since, List<InForce<SegmentRule>> by) {}

    /**
     * @param segments enabled ones
     * @param historyKnown whether matches count that began before anybody asked
     */
    SegmentSequences(List<InForce<SegmentRule>> segments, boolean historyKnown) {
        this.historyKnown = historyKnown;
        for (InForce<SegmentRule> segment : segments) {
            sequences(segment.rule().when()).forEach(sequence -> ask(sequence, segment));
        }
    }

    /** How a sequence is looked for, whoever asks. */
    static WatchedSequence watched(Sequence sequence) {
        return WatchedSequence.byContent(PREFIX, sequence);
    }

    private void ask(Sequence sequence, InForce<SegmentRule> by) {
        WatchedSequence named = watched(sequence);
        Asked known = byKey.get(named.key());
        List<InForce<SegmentRule>> all = known == null ? new ArrayList<>() : known.by();
        all.add(by);
        long since = historyKnown
                ? Long.MIN_VALUE
                : all.stream().mapToLong(SegmentSequences::since).min().orElseThrow();
        long until = all.stream().mapToLong(InForce::until).max().orElseThrow();
        byKey.put(named.key(), new Asked(named.until(until), since, all));
    }

    /** Of what was read from history all matches count. */
    private static long since(InForce<SegmentRule> segment) {
        return segment.recalled() ? Long.MIN_VALUE : segment.since();
    }

    private static Stream<Sequence> sequences(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream().flatMap(SegmentSequences::sequences);
        } else if (condition instanceof Condition.Any any) {
            return any.parts().stream().flatMap(SegmentSequences::sequences);
        } else if (condition instanceof Condition.Not not) {
            return sequences(not.part());
        }
        return condition instanceof Condition.Followed followed ? Stream.of(followed.sequence()) : Stream.empty();
    }

    List<WatchedSequence> watched() {
        return byKey.values().stream().map(Asked::watched).toList();
    }

    /** The sequence that a match is of; null where it is a pattern's, or began before anybody asked. */
    @Nullable
    Sequence of(Match match) {
        Asked asked = byKey.get(match.key());
        return asked == null || match.first().millis() < asked.since()
                ? null
                : asked.watched().sequence();
    }

    /** The segments that ask for the sequence of the key. */
    List<SegmentRule> askers(String key) {
        Asked asked = byKey.get(key);
        return asked == null
                ? List.of()
                : asked.by().stream().map(InForce::rule).toList();
    }
}
