package dev.tideline.job.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.rules.RuleReport;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.Recalled;
import dev.tideline.patterns.rule.RuleReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the past is read, and when everybody is told that it was. */
final class HistoryOperatorTest {
    private static final long T = Instant.parse("2026-11-21T10:00:00Z").toEpochMilli();
    private static final String VISITS = "{ performed: page_view, at_least: 3, within: 7d }";
    private static final int ANY_MAIL = 0;
    private static final int EVERYBODY = 2;

    private final HistoryOptions options = HistoryOptions.from(Shelf.empty());
    private TwoInputStreamOperatorTestHarness<Arrival, RuleRevision, Arrival> harness;
    private int checkpoints;

    @BeforeEach
    void open() throws Exception {
        Shelf.put("anna", remembered("anna", 1, true), remembered("anna", 2, false));
        Shelf.put("bert", remembered("bert", 3, true));
        harness = harness(options);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void readsBehindTheFenceAndSaysSoAfterTheNextCheckpoint() throws Exception {
        comes(segment(1, "a", VISITS));
        assertThat(revisions()).extracting(RuleRevision::awaitsHistory).containsExactly(true);

        timeIs(T - 1);
        checkpoint();
        assertThat(Shelf.asked()).as("event time has not come to it").isEmpty();

        timeIs(T);
        long ordered = checkpointBegins();
        assertThat(Shelf.asked()).as("not everything is written yet").isEmpty();
        completes(ordered);
        everythingIsRead(EVERYBODY);
        assertThat(recalled()).containsExactly("anna 1 first", "anna 2", "bert 3 first");
        assertThat(filled()).isEmpty();

        checkpoint();
        assertThat(filled()).containsExactly(1L);
        assertThat(Shelf.asked()).containsExactly(new Question(Map.of("page_view", T - days(7)), false, T));
    }

    @Test
    void aSecondPassTakesWhatCameDuringTheFirst() throws Exception {
        comes(segment(1, "a", VISITS));
        timeIs(T);
        checkpoint();
        comes(segment(2, "b", "{ performed: message_sent, where: 'user.account_type == \"free\"' }"));
        everythingIsRead(EVERYBODY);
        checkpoint();
        assertThat(filled()).containsExactly(1L);

        checkpoint();
        everythingIsRead(EVERYBODY);
        checkpoint();
        assertThat(filled()).containsExactly(1L, 2L);
        assertThat(Shelf.asked()).last().isEqualTo(new Question(Map.of("message_sent", Long.MIN_VALUE), true, T));
    }

    @Test
    void whatHoldsLaterDoesNotHoldUpWhatHoldsNow() throws Exception {
        comes(segment(1, "a", VISITS), segment(2, "b", "{ performed: message_sent }", T + 1000));
        timeIs(T);
        checkpoint();
        everythingIsRead(EVERYBODY);
        checkpoint();
        assertThat(filled()).containsExactly(1L);

        checkpoint();
        assertThat(Shelf.asked()).hasSize(1);
    }

    @Test
    void nothingIsReadForWhatWasRemovedOrReplaced() throws Exception {
        comes(segment(1, "a", VISITS));
        timeIs(T);
        long ordered = checkpointBegins();
        comes(new RuleRevision(2, "segment/a", null, T));
        completes(ordered);
        checkpoint();
        checkpoint();

        assertThat(Shelf.asked()).isEmpty();
        assertThat(filled()).isEmpty();
    }

    @Test
    void whatIsCountedAlreadyWaitsForNothing() throws Exception {
        harness.close();
        harness = harness(HistoryOptions.from(new Shelf()), segment(0, "old", VISITS, Long.MIN_VALUE));
        harness.open();

        comes(segment(1, "same", "{ performed: page_view, at_least: 2, within: 7d }"));
        comes(segment(2, "more", "{ performed: page_view, at_least: 4, within: 7d }"));
        comes(segment(3, "refers", "{ segment: more }"));
        comes(new RuleRevision(4, "pattern/p", "{}", T));

        assertThat(revisions()).extracting(RuleRevision::awaitsHistory).containsExactly(false, true, true, false);
    }

    @Test
    void onceFilledALeafIsCountedForThoseThatFollow() throws Exception {
        comes(segment(1, "a", VISITS));
        comes(segment(2, "b", VISITS, T + 1));
        timeIs(T + 1);
        checkpoint();
        everythingIsRead(EVERYBODY);
        checkpoint();
        comes(segment(3, "c", VISITS, T + 2));

        assertThat(revisions().stream()
                        .filter(revision -> revision.kind() == RuleRevision.Kind.CHANGE)
                        .toList())
                .extracting(RuleRevision::awaitsHistory)
                .containsExactly(true, true, false);
        assertThat(filled()).containsExactly(2L);
    }

    @Test
    void goesOnWithTheUserWhoWasNotThrough() throws Exception {
        comes(segment(1, "a", VISITS));
        timeIs(T);
        completes(checkpointBegins());
        mail();
        OperatorSubtaskState snapshot = snapshot();
        restart(snapshot);
        everythingIsRead(1);

        assertThat(recalled()).containsExactly("bert 3 first");
        checkpoint();
        assertThat(filled()).containsExactly(1L);
    }

    @Test
    void beginsWhereTheCheckpointThatOrderedItIsRestored() throws Exception {
        comes(segment(1, "a", VISITS));
        timeIs(T);
        restart(snapshot());
        everythingIsRead(EVERYBODY);

        assertThat(recalled()).hasSize(3);
    }

    @Test
    void saysAgainWhatMayHaveBeenLostThatAllWasRead() throws Exception {
        comes(segment(1, "a", VISITS));
        timeIs(T);
        checkpoint();
        everythingIsRead(EVERYBODY);
        OperatorSubtaskState snapshot = snapshot();

        restart(snapshot);
        assertThat(filled()).containsExactly(1L);
        comes(segment(2, "b", VISITS, T + 1));
        assertThat(revisions()).last().extracting(RuleRevision::awaitsHistory).isEqualTo(false);
    }

    @Test
    void aRevisionThatTheGateSaysAgainBearsItsMark() throws Exception {
        comes(segment(1, "a", VISITS));
        timeIs(T - 1);
        restart(snapshot());

        comes(segment(1, "a", VISITS));
        assertThat(revisions()).extracting(RuleRevision::awaitsHistory).containsExactly(true);
        assertThat(sent()).contains("segment/a 1 awaited null");
    }

    @Test
    void whereThereIsNoPastItSaysSinceWhenItCounts() throws Exception {
        harness.close();
        harness = harness(HistoryOptions.none());
        harness.open();

        comes(segment(1, "a", VISITS), segment(2, "b", "{ profile: user.account_type == \"free\" }"));

        assertThat(revisions()).extracting(RuleRevision::awaitsHistory).containsExactly(false, false);
        assertThat(sent()).containsSubsequence("segment/a 1 live " + T, "segment/b 2 live null");
    }

    @Test
    void saysSinceWhenItCountsWhatIsKeptNoLonger() throws Exception {
        comes(segment(1, "a", "{ performed: page_view }"));

        long november2024 = Instant.parse("2024-11-01T00:00:00Z").toEpochMilli();
        assertThat(sent()).contains("segment/a 1 awaited " + november2024);
    }

    @Test
    void whatWaitedGoesOnWhereThePastWasTakenAway() throws Exception {
        comes(segment(1, "a", VISITS));
        timeIs(T);
        OperatorSubtaskState snapshot = snapshot();
        harness.close();
        harness = harness(HistoryOptions.none());
        harness.initializeState(snapshot);
        harness.open();

        checkpoint();
        assertThat(filled()).containsExactly(1L);
        assertThat(recalled()).isEmpty();
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        comes(segment(1, "a", VISITS));
        timeIs(T);
        checkpoint();
        everythingIsRead(EVERYBODY);

        assertThat(reports().stream()
                        .filter(report -> report.kind() == RuleReport.Kind.READ)
                        .map(report -> Objects.requireNonNull(report.past()))
                        .map(past -> past.done() + " of " + past.users()))
                .containsExactly("0 of 0", "1 of 2", "2 of 2");
    }

    @Test
    void passesTimeOnAtTheRateOfBoth() throws Exception {
        harness.processWatermark1(new Watermark(5));
        assertThat(harness.getOutput()).doesNotContain(new Watermark(5));

        harness.processWatermark2(new Watermark(4));
        assertThat(harness.getOutput()).contains(new Watermark(4));
    }

    private static long days(int days) {
        return days * 86_400_000L;
    }

    private static Remembered remembered(String user, long at, boolean first) {
        ProfilePatch patch = new ProfilePatch(user, Instant.ofEpochMilli(at), Map.of(), null, null);
        return new Remembered(user, at, first, null, patch);
    }

    private static RuleRevision segment(long number, String id, String when) {
        return segment(number, id, when, T);
    }

    private static RuleRevision segment(long number, String id, String when, long from) {
        String yaml = "{ kind: segment, id: " + id + ", version: 1, name: N, when: " + when + " }";
        String json = RuleReader.read("test.yaml", yaml).documents().get(0).json();
        return new RuleRevision(number, "segment/" + id, json, from);
    }

    private static TwoInputStreamOperatorTestHarness<Arrival, RuleRevision, Arrival> harness(
            HistoryOptions options, RuleRevision... fromTheStart) throws Exception {
        return new TwoInputStreamOperatorTestHarness<>(new HistoryOperator(List.of(fromTheStart), options));
    }

    private void comes(RuleRevision... revisions) throws Exception {
        for (RuleRevision revision : revisions) {
            harness.processElement2(new StreamRecord<>(revision));
        }
    }

    private void timeIs(long time) throws Exception {
        harness.processBothWatermarks(new Watermark(time));
    }

    private OperatorSubtaskState snapshot() throws Exception {
        checkpoints++;
        return harness.snapshot(checkpoints, checkpoints);
    }

    private long checkpointBegins() throws Exception {
        snapshot();
        return checkpoints;
    }

    private void completes(long checkpoint) throws Exception {
        harness.notifyOfCompletedCheckpoint(checkpoint);
    }

    private void checkpoint() throws Exception {
        completes(checkpointBegins());
    }

    private void restart(OperatorSubtaskState snapshot) throws Exception {
        harness.close();
        harness = harness(options);
        harness.initializeState(snapshot);
        harness.open();
    }

    /** Does one thing that the reading thread asked for; waits until it asks. */
    private void mail() throws Exception {
        harness.getTaskMailbox().take(ANY_MAIL).run();
    }

    /** A page for each user, and the end. */
    private void everythingIsRead(int users) throws Exception {
        for (int page = 0; page <= users; page++) {
            mail();
        }
    }

    private List<String> recalled() {
        return harness.extractOutputValues().stream()
                .map(arrival -> {
                    Recalled recalled = Objects.requireNonNull(arrival.recalled());
                    return arrival.user() + " " + recalled.takenAtMillis() + (recalled.first() ? " first" : "");
                })
                .toList();
    }

    private List<RuleRevision> revisions() {
        return side(HistoryOperator.REVISIONS);
    }

    private List<Long> filled() {
        return revisions().stream()
                .filter(revision -> revision.kind() == RuleRevision.Kind.FILLED)
                .map(RuleRevision::number)
                .toList();
    }

    private List<RuleReport> reports() {
        return side(HistoryOperator.REPORTS);
    }

    private List<String> sent() {
        return reports().stream()
                .filter(report -> report.kind() == RuleReport.Kind.SENT && report.key() != null)
                .map(report -> {
                    RuleReport.OfPast past = Objects.requireNonNull(report.past());
                    return report.key() + " " + report.revision() + (past.awaited() ? " awaited " : " live ")
                            + past.countingSinceMillis();
                })
                .toList();
    }

    private <X> List<X> side(OutputTag<X> tag) {
        @Nullable Queue<StreamRecord<X>> records = harness.getSideOutput(tag);
        List<X> values = new ArrayList<>();
        if (records != null) {
            records.forEach(record -> values.add(record.getValue()));
        }
        return values;
    }
}
