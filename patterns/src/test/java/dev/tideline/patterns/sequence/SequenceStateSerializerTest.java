package dev.tideline.patterns.sequence;

import static dev.tideline.patterns.rule.Sequence.Contiguity.FOLLOWED_BY;
import static dev.tideline.patterns.rule.Sequence.Contiguity.NOT_FOLLOWED_BY;
import static dev.tideline.patterns.sequence.Sample.at;
import static dev.tideline.patterns.sequence.Sample.fact;
import static dev.tideline.patterns.sequence.Sample.many;
import static dev.tideline.patterns.sequence.Sample.one;
import static dev.tideline.patterns.sequence.Sample.watched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SequenceStateSerializerTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<WatchedSequence> SEQUENCES = List.of(
            watched("then", HOUR, many("a", FOLLOWED_BY, "text", 1, null), one("b", FOLLOWED_BY, "survey")),
            watched("never", HOUR, one("a", FOLLOWED_BY, "text"), one("b", NOT_FOLLOWED_BY, "session")));

    private final TypeSerializer<SequenceState> serializer = SequenceState.serializer();

    @Test
    void partialMatchesGoOnInAnotherMatcherAfterWritingAndReading() throws IOException {
        SequenceState state = inTheMiddle(SEQUENCES);

        SequenceState restored = read(serializer, written(state));

        assertThat(goOn(restored)).isEqualTo(goOn(state)).hasSize(5);
        assertThat(restored.isEmpty()).isTrue();
    }

    @Test
    void whatNobodyAskedForIsPassedOnAsItWas() throws IOException {
        byte[] bytes = written(inTheMiddle(SEQUENCES));

        assertThat(written(read(serializer, bytes))).isEqualTo(bytes);
    }

    @Test
    void aCopyKnowsNothingOfWhatHappensToTheOriginal() throws IOException {
        SequenceState state = inTheMiddle(SEQUENCES);
        SequenceState copy = serializer.copy(state);
        byte[] before = written(copy);

        assertThat(goOn(state)).hasSize(5);

        assertThat(written(copy)).isEqualTo(before);
        assertThat(goOn(copy)).hasSize(5);
    }

    @Test
    void copyingBytesGivesTheSameState() throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(64);

        serializer.copy(new DataInputDeserializer(written(inTheMiddle(SEQUENCES))), target);

        assertThat(goOn(read(serializer, target.getCopyOfBuffer()))).hasSize(5);
    }

    @Test
    void aFactThatManySequencesHoldIsWrittenOnce() throws IOException {
        String words = "x".repeat(1000);
        List<WatchedSequence> many = IntStream.range(0, 20)
                .mapToObj(i -> watched("p" + i, HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey")))
                .toList();
        SequenceMatcher matcher = new SequenceMatcher();
        matcher.watch(many);
        SequenceState state = new SequenceState();

        matcher.accept(state, fact(words, "text", "10:00"), UserProfile.UNKNOWN);

        assertThat(state.partials()).isEqualTo(20);
        assertThat(written(state).length).isBetween(1000, 2000);
    }

    @Test
    void aSavepointsDescriptionRestoresASerializerThatReadsIt() throws IOException {
        DataOutputSerializer description = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(description, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<SequenceState> remembered = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(description.getCopyOfBuffer()),
                getClass().getClassLoader());

        assertThat(serializer
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(remembered)
                        .isCompatibleAsIs())
                .isTrue();
        assertThat(goOn(read(remembered.restoreSerializer(), written(inTheMiddle(SEQUENCES)))))
                .hasSize(5);
    }

    @Test
    void rulesMayChangeWhileStateIsBytes() {
        WatchedSequence gone = watched("gone", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey"));
        WatchedSequence ends = watched("ends", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "session"));
        SequenceState restored = Sample.read(Sample.written(inTheMiddle(List.of(gone, ends))));
        SequenceMatcher matcher = new SequenceMatcher();
        matcher.watch(List.of(ends.until(at("10:30").toEpochMilli())));

        assertThat(matcher.nextDue(restored)).hasValue(at("10:30").toEpochMilli());
        matcher.advance(restored, at("10:01").toEpochMilli());
        assertThat(restored.partials()).isEqualTo(2);
        assertThat(Sample.read(Sample.written(restored)).partials()).isEqualTo(2);
        matcher.advance(restored, at("10:30").toEpochMilli());
        assertThat(restored.isEmpty()).isTrue();
    }

    @Test
    void aStoppedSequenceStaysStopped() {
        SequenceMatcher narrow = new SequenceMatcher(1);
        narrow.watch(SEQUENCES);
        SequenceState state = new SequenceState();
        narrow.accept(state, fact("1", "text", "10:00"), UserProfile.UNKNOWN);
        narrow.accept(state, fact("2", "text", "10:10"), UserProfile.UNKNOWN);

        SequenceState restored = Sample.read(Sample.written(state));

        assertThat(restored.partials()).isZero();
        assertThat(narrow.accept(restored, fact("3", "text", "11:09:59.999"), UserProfile.UNKNOWN))
                .isEqualTo(Outcome.NOTHING);
        assertThat(restored.partials()).isZero();
        narrow.accept(restored, fact("4", "text", "11:10"), UserProfile.UNKNOWN);
        assertThat(restored.partials()).isEqualTo(2);
    }

    @Test
    void aSavepointOfAnotherVersionIsRefused() {
        SequenceStateSnapshot snapshot = new SequenceStateSnapshot();
        byte[] anotherFormat = {0, 0, 0, 1};

        assertThatThrownBy(() -> snapshot.readSnapshot(
                        1, new DataInputDeserializer(anotherFormat), getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 1")
                .hasMessageContaining("another version of Tideline");
        assertThatThrownBy(() -> snapshot.readSnapshot(
                        3, new DataInputDeserializer(anotherFormat), getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 3");
    }

    @Test
    void aFormatFromTheFutureIsRefused() throws IOException {
        byte[] bytes = written(new SequenceState());
        bytes[0]++;

        assertThatThrownBy(() -> read(serializer, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format " + (SequenceStateSerializer.FORMAT + 1));
    }

    private static SequenceState inTheMiddle(List<WatchedSequence> sequences) {
        SequenceMatcher matcher = new SequenceMatcher();
        matcher.watch(sequences);
        SequenceState state = new SequenceState();
        matcher.accept(state, fact("1", "text", "10:00"), UserProfile.UNKNOWN);
        matcher.accept(state, fact("2", "text", "10:00"), UserProfile.UNKNOWN);
        return state;
    }

    /** Three loops end in a survey, two questions are never answered. */
    private static List<String> goOn(SequenceState state) {
        SequenceMatcher matcher = new SequenceMatcher();
        matcher.watch(SEQUENCES);
        List<Match> matches =
                new java.util.ArrayList<>(matcher.accept(state, fact("3", "survey", "10:00"), UserProfile.UNKNOWN)
                        .matches());
        matches.addAll(matcher.advance(state, at("12:00").toEpochMilli()).matches());
        return matches.stream()
                .map(match -> match.key()
                        + match.at()
                        + match.facts().stream().map(Fact::id).toList())
                .toList();
    }

    private byte[] written(SequenceState state) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(64);
        serializer.serialize(state, target);
        return target.getCopyOfBuffer();
    }

    private static SequenceState read(TypeSerializer<SequenceState> serializer, byte[] bytes) throws IOException {
        return serializer.deserialize(new DataInputDeserializer(bytes));
    }
}
