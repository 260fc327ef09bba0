package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.sequence.Outcome;
import dev.tideline.patterns.sequence.SequenceMatcher;
import dev.tideline.patterns.sequence.SequenceState;
import dev.tideline.patterns.sequence.WatchedSequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Sequences looked for in one user's facts. */
final class Matches implements Recollection.Sequences {
    private final SequenceMatcher matcher = new SequenceMatcher(100_000);
    private final Map<String, Sequence> byKey = new HashMap<>();
    private SequenceState state = new SequenceState();

    void watch(List<Sequence> sequences) {
        byKey.clear();
        sequences.forEach(
                sequence -> byKey.put(WatchedSequence.byContent("s/", sequence).key(), sequence));
        matcher.watch(sequences.stream()
                .map(sequence -> WatchedSequence.byContent("s/", sequence))
                .toList());
    }

    void takeOver(Matches others) {
        state.takeOver(others.state);
    }

    @Override
    public long nextDue() {
        return matcher.nextDue(state).orElse(Long.MAX_VALUE);
    }

    @Override
    public List<Recollection.Found> advance(long through) {
        return found(matcher.advance(state, through));
    }

    @Override
    public List<Recollection.Found> accept(Fact fact, UserProfile profile) {
        return found(matcher.accept(state, fact, profile));
    }

    @Override
    public void giveUp() {
        state = new SequenceState();
    }

    private List<Recollection.Found> found(Outcome outcome) {
        return outcome.matches().stream()
                .map(match -> new Recollection.Found(
                        Objects.requireNonNull(byKey.get(match.key())),
                        match.first().millis()))
                .toList();
    }
}
