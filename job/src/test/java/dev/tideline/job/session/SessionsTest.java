package dev.tideline.job.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.TextFact;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions as the job closes them: the operator is the one that the wiring makes. */
final class SessionsTest {
    private static final String ANN = "00000000-0000-4000-8000-00000000000a";
    private static final String BEN = "00000000-0000-4000-8000-00000000000b";

    private KeyedOneInputStreamOperatorTestHarness<String, Arrival, Arrival> harness;

    @BeforeEach
    void open() throws Exception {
        harness = new KeyedOneInputStreamOperatorTestHarness<>(sessions(), Arrival::user, Types.STRING);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void closesThirtyMinutesAfterTheLastEvent() throws Exception {
        happens(view(ANN, "10:00:00"), view(ANN, "10:20:00"));

        timeIs("10:49:59.998");
        assertThat(closed()).isEmpty();
        timeIs("10:50:00");

        Arrival session = closed().get(0);
        assertThat(session.at()).isEqualTo(at("10:50:00"));
        assertThat(fact(session).start()).isEqualTo(at("10:00:00"));
        assertThat(fact(session).end()).isEqualTo(at("10:20:00"));
        assertThat(fact(session).events()).isEqualTo(2);
    }

    @Test
    void aGapOfExactlyThirtyMinutesClosesWhateverTheOrderOfArrival() throws Exception {
        happens(view(ANN, "10:00:00"), view(ANN, "10:30:00"), view(BEN, "10:30:00"), view(BEN, "10:00:00"));

        timeIs("12:00:00");

        assertThat(closed())
                .extracting(session -> fact(session).end())
                .containsExactlyInAnyOrder(at("10:00:00"), at("10:30:00"), at("10:00:00"), at("10:30:00"));
    }

    @Test
    void aGapOfAMillisecondLessDoesNot() throws Exception {
        happens(view(ANN, "10:29:59.999"), view(ANN, "10:00:00"));

        timeIs("12:00:00");

        assertThat(closed()).hasSize(1);
    }

    @Test
    void partsOfAMillisecondDoNotCount() throws Exception {
        happens(view(ANN, "10:00:00.000900"), view(ANN, "10:30:00.000100"));

        timeIs("12:00:00");

        assertThat(closed()).extracting(Arrival::at).containsExactly(at("10:30:00"), at("11:00:00"));
    }

    @Test
    void anEventInBetweenMakesOneOfTwo() throws Exception {
        happens(view(ANN, "10:00:00"), view(ANN, "10:50:00"), view(ANN, "10:25:00"));

        timeIs("12:00:00");

        assertThat(closed())
                .singleElement()
                .satisfies(session -> assertThat(fact(session).events()).isEqualTo(3));
    }

    @Test
    void anEventThatTouchesBothSidesExactlyMergesNeither() throws Exception {
        happens(view(ANN, "10:00:00"), view(ANN, "11:00:00"), view(ANN, "10:30:00"));

        timeIs("12:00:00");

        assertThat(closed()).hasSize(3);
    }

    @Test
    void aLateEventJoinsASessionThatIsStillOpen() throws Exception {
        happens(view(ANN, "10:10:00"));
        timeIs("10:39:00");
        happens(view(ANN, "10:00:00"));

        timeIs("10:40:00");

        assertThat(closed()).singleElement().satisfies(session -> {
            assertThat(fact(session).start()).isEqualTo(at("10:00:00"));
            assertThat(fact(session).end()).isEqualTo(at("10:10:00"));
        });
    }

    @Test
    void aLateEventWhoseSessionHasClosedIsLeftOut() throws Exception {
        happens(view(ANN, "10:00:00"));
        timeIs("10:40:00");
        happens(view(ANN, "10:05:00"));

        timeIs("12:00:00");

        assertThat(closed())
                .singleElement()
                .satisfies(session -> assertThat(fact(session).events()).isEqualTo(1));
    }

    @Test
    void aSessionCountsWhatWasDoneFeltAndWritten() throws Exception {
        happens(
                view(ANN, "10:00:00"),
                mood(ANN, "10:01:00", "{\"mood\":1}", null),
                mood(ANN, "10:02:00", "{\"mood\":5,\"scale_min\":0,\"scale_max\":5}", null),
                mood(ANN, "10:03:00", "{\"mood\":2,\"scale_min\":0,\"scale_max\":4}", text(1, "hopeless")),
                message(ANN, "10:04:00", text(4, "none")),
                message(ANN, "10:05:00", text(null, "unknown")),
                message(ANN, "10:06:00", null));

        timeIs("12:00:00");

        assertThat(fact(closed().get(0)))
                .isEqualTo(new SessionFact(at("10:00:00"), at("10:06:00"), 7, 1, 3, 0.5, 0.0, 3, 2.5, 1.0, 1, 1));
    }

    @Test
    void aSessionWithoutMoodAndTextHasNoFiguresForThem() throws Exception {
        happens(view(ANN, "10:00:00"));

        timeIs("12:00:00");

        assertThat(fact(closed().get(0)))
                .isEqualTo(new SessionFact(at("10:00:00"), at("10:00:00"), 1, 1, 0, null, null, 0, null, null, 0, 0));
    }

    @Test
    void usersDoNotShareSessionsAndNothingIsLeftBehind() throws Exception {
        happens(view(ANN, "10:00:00"), view(BEN, "10:10:00"));

        timeIs("12:00:00");

        assertThat(closed()).extracting(Arrival::user).containsExactly(ANN, BEN);
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void aSessionOutlivesARestart() throws Exception {
        happens(view(ANN, "10:00:00"), message(ANN, "10:05:00", text(0, "none")));
        var snapshot = harness.snapshot(1, 1);
        harness.close();

        harness = new KeyedOneInputStreamOperatorTestHarness<>(sessions(), Arrival::user, Types.STRING);
        harness.initializeState(snapshot);
        harness.open();
        happens(view(ANN, "10:10:00"));
        timeIs("12:00:00");

        assertThat(fact(closed().get(0)).events()).isEqualTo(3);
        assertThat(fact(closed().get(0)).negativeTexts()).isEqualTo(1);
    }

    private void happens(Event... events) throws Exception {
        for (Event event : events) {
            harness.processElement(Arrival.of(event), event.at().toEpochMilli());
        }
    }

    private void timeIs(String time) throws Exception {
        harness.processWatermark(at(time).toEpochMilli());
    }

    private List<Arrival> closed() {
        return harness.extractOutputValues();
    }

    private static SessionFact fact(Arrival session) {
        return Objects.requireNonNull(session.session());
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-21T" + time + "Z");
    }

    private static Event view(String user, String time) {
        return event(user, "page_view", time, null, null);
    }

    private static Event mood(String user, String time, String context, @Nullable TextFact text) {
        return event(user, "emotion_logged", time, context, text);
    }

    private static Event message(String user, String time, @Nullable TextFact text) {
        return event(user, "message_sent", time, null, text);
    }

    private static Event event(
            String user, String type, String time, @Nullable String context, @Nullable TextFact text) {
        String id = "00000000-0000-4000-8000-000000000001";
        return new Event(id, user, type, at(time), null, context, null, null, text, List.of(), at(time));
    }

    private static TextFact text(@Nullable Integer sentiment, String crisis) {
        return new TextFact(
                "message",
                sentiment,
                List.of(),
                sentiment != null,
                -1,
                crisis,
                crisis,
                "first",
                false,
                "now",
                List.of(),
                null,
                "test");
    }

    /** The very operator that {@link Sessions#wire} puts into the graph. */
    @SuppressWarnings("unchecked") // what the wiring makes takes and gives arrivals
    private static OneInputStreamOperator<Arrival, Arrival> sessions() {
        Configuration withoutKryo = new Configuration().set(PipelineOptions.GENERIC_TYPES, false);
        var stream = Sessions.wire(StreamExecutionEnvironment.getExecutionEnvironment(withoutKryo)
                .fromData(List.of(Arrival.of(view(ANN, "10:00:00"))), TypeInformation.of(Arrival.class)));
        var transformation = (OneInputTransformation<Arrival, Arrival>) stream.getTransformation();
        return (OneInputStreamOperator<Arrival, Arrival>)
                ((SimpleOperatorFactory<Arrival>) transformation.getOperatorFactory()).getOperator();
    }
}
