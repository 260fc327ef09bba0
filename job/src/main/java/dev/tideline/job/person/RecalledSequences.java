package dev.tideline.job.person;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.segment.Recollection;
import dev.tideline.patterns.sequence.Outcome;
import dev.tideline.patterns.sequence.SequenceMatcher;
import dev.tideline.patterns.sequence.SequenceState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The sequences of one revision, looked for in one user's past. For one thread. */
final class RecalledSequences implements Recollection.Sequences {
    private final SequenceMatcher matcher;
    private final Map<String, Sequence> byKey;
    private SequenceState state;

    /**
     * Goes on with what was found.
     *
     * @param byKey the sequences that the matcher looks for
     * @param bytes what {@link #toBytes} wrote
     */
    RecalledSequences(SequenceMatcher matcher, Map<String, Sequence> byKey, byte[] bytes) {
        this.matcher = matcher;
        this.byKey = byKey;
        try {
            state = bytes.length == 0
                    ? new SequenceState()
                    : SequenceState.serializer().deserialize(new DataInputDeserializer(bytes));
        } catch (IOException damaged) {
            throw new UncheckedIOException("recalled sequences of " + bytes.length + " bytes cannot be read", damaged);
        }
    }

    /** Partial matches; empty if there are none. */
    byte[] toBytes() {
        if (state.isEmpty()) {
            return new byte[0];
        }
        DataOutputSerializer out = new DataOutputSerializer(256);
        try {
            SequenceState.serializer().serialize(state, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("partial matches cannot be written into memory", impossible);
        }
        return out.getCopyOfBuffer();
    }

    SequenceState state() {
        return state;
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
        return matcher.watches(fact.kind()) ? found(matcher.accept(state, fact, profile)) : List.of();
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
