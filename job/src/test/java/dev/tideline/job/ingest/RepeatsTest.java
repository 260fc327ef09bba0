package dev.tideline.job.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.PrivacyRequest;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts once, for how long it is remembered, and that it is forgotten. */
final class RepeatsTest {
    private static final String ID = Records.EVENT_ID;
    private static final String OTHER_USER = "00000000-0000-4000-8000-00000000000b";

    private KeyedOneInputStreamOperatorTestHarness<Integer, Arrival, Arrival> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void theSameIdCountsOnce() throws Exception {
        comes(event(ID, "21T10:00:00"), event(ID, "21T10:00:00"));

        assertThat(passed()).containsExactly(event(ID, "21T10:00:00"));
    }

    @Test
    void whateverItThenSays() throws Exception {
        Event first = event(ID, "21T10:00:00");
        comes(
                first,
                new Event(
                        ID,
                        OTHER_USER,
                        "login",
                        at("21T12:00:00"),
                        null,
                        "{}",
                        null,
                        null,
                        null,
                        List.of(),
                        first.arrivedAt()));

        assertThat(passed()).containsExactly(first);
    }

    @Test
    void withinADayInEitherDirection() throws Exception {
        comes(event(ID, "21T10:00:00"), event(ID, "22T10:00:00"), event(ID, "20T10:00:00"));

        assertThat(passed()).hasSize(1);
    }

    @Test
    void butNotAMillisecondMore() throws Exception {
        comes(event(ID, "21T10:00:00"), event(ID, "22T10:00:00.001"), event(ID, "20T09:59:59.999"));

        assertThat(passed()).hasSize(3);
    }

    @Test
    void ofTwoThatCountBothAreRemembered() throws Exception {
        comes(event(ID, "21T10:00:00"), event(ID, "22T11:00:00"));
        comes(event(ID, "21T08:00:00"), event(ID, "22T12:00:00"));

        assertThat(passed()).hasSize(2);
    }

    @Test
    void otherIdsCountForThemselves() throws Exception {
        comes(event(ID, "21T10:00:00"), event(OTHER_USER, "21T10:00:00"));

        assertThat(passed()).hasSize(2);
    }

    @Test
    void whatIsNoEventPassesAsOftenAsItComes() throws Exception {
        Arrival consent = Arrival.of(new PrivacyRequest(Records.USER, Records.NOW, false, List.of()));
        harness.processElement(consent, 0);
        harness.processElement(consent, 0);

        assertThat(harness.extractOutputValues()).containsExactly(consent, consent);
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void anIdIsForgottenTwoDaysBehindEventTime() throws Exception {
        comes(event(ID, "21T10:20:00"));

        timeIs("23T10:59:59.999");
        assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        timeIs("23T11:00:00");

        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void aLateEventThatIsSentTwiceCountsOnce() throws Exception {
        timeIs("21T10:00:00");
        comes(event(ID, "01T10:00:00"));
        timeIs("22T10:00:00");
        comes(event(ID, "01T10:00:00"));

        assertThat(passed()).hasSize(1);
        timeIs("23T10:00:00");
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void aBucketHasOneTimerAnHour() throws Exception {
        comes(event(ID, "21T10:20:00"), event(ID, "25T10:20:00"), event(ID, "25T10:20:00"), event(ID, "29T10:20:00"));
        int before = harness.numEventTimeTimers();
        comes(event(ID, "17T10:59:00"));

        assertThat(before).isEqualTo(3);
        assertThat(harness.numEventTimeTimers()).isEqualTo(4);
    }

    @Test
    void aRepeatAfterARestartIsStillOne() throws Exception {
        comes(event(ID, "21T10:00:00"));
        var snapshot = harness.snapshot(1, 1);
        harness.close();

        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
        comes(event(ID, "21T11:00:00"));

        assertThat(passed()).isEmpty();
    }

    @Test
    void idsThatDifferInTheirLastDigitsOnlyAreSpread() {
        long buckets = IntStream.range(0, 10_000)
                .map(i -> RepeatsBucket.of("0193%s-0000-7000-8000-%012x".formatted("aaaa", i)))
                .distinct()
                .count();

        assertThat(buckets).isGreaterThan(8_000);
    }

    private void comes(Event... events) throws Exception {
        for (Event event : events) {
            harness.processElement(Arrival.of(event), event.at().toEpochMilli());
        }
    }

    private void timeIs(String time) throws Exception {
        harness.processWatermark(at(time).toEpochMilli());
    }

    private List<Event> passed() {
        return harness.extractOutputValues().stream().map(Arrival::event).toList();
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-" + time + "Z");
    }

    private static Event event(String id, String time) {
        return new Event(id, Records.USER, "page_view", at(time), null, null, null, null, null, List.of(), Records.NOW);
    }

    private static KeyedOneInputStreamOperatorTestHarness<Integer, Arrival, Arrival> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new Repeats()), new RepeatsBucket(), Types.INT);
    }
}
