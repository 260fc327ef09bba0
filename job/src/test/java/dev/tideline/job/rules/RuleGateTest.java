package dev.tideline.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.rules.RuleStatus.Verdict;
import dev.tideline.patterns.fact.RuleRecord;
import dev.tideline.patterns.rule.RuleReader;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which rules come into force, and what is said of those that do not. */
final class RuleGateTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String VISITS = "performed: page_view";

    private OneInputStreamOperatorTestHarness<RuleRecord, RuleRevision> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness(List.of());
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void aGoodRuleIsAcceptedAndNumbered() throws Exception {
        comes(segment("a", 1, VISITS), segment("b", 1, VISITS));

        assertThat(verdicts()).containsExactly("segment/a ACCEPTED 1", "segment/b ACCEPTED 1");
        assertThat(revisions()).extracting(RuleRevision::number).containsExactly(1L, 2L);
        assertThat(revisions()).extracting(RuleRevision::effectiveMillis).containsOnly(NOW.toEpochMilli());
    }

    @Test
    void aBadOneIsRejectedWithPlaceAndReason() throws Exception {
        comes(new RuleRecord("segment/a", json("a", 1, VISITS).replace("page_view", "Page View"), NOW));

        assertThat(revisions()).isEmpty();
        assertThat(statuses()).singleElement().satisfies(status -> {
            assertThat(status.verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(status.path()).isEqualTo("/when/performed");
            assertThat(status.reason()).contains("Page View");
        });
    }

    @Test
    void whatRefersToAnotherWaitsForIt() throws Exception {
        comes(segment("a", 1, "segment: b"));
        assertThat(verdicts()).containsExactly("segment/a WAITING 1");
        assertThat(revisions()).isEmpty();

        comes(segment("b", 1, VISITS));
        assertThat(verdicts()).containsExactly("segment/a WAITING 1", "segment/b ACCEPTED 1", "segment/a ACCEPTED 1");
        assertThat(revisions()).extracting(RuleRevision::key).containsExactly("segment/b", "segment/a");
        assertThat(revisions()).extracting(RuleRevision::number).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aVersionDoesNotGoBack() throws Exception {
        comes(segment("a", 2, VISITS), segment("a", 1, VISITS));

        assertThat(verdicts()).containsExactly("segment/a ACCEPTED 2", "segment/a REJECTED 1");
        assertThat(revisions()).hasSize(1);
    }

    @Test
    void aCircleIsRejected() throws Exception {
        comes(segment("a", 1, VISITS), segment("b", 1, "segment: a"), segment("a", 2, "segment: b"));

        assertThat(verdicts()).containsExactly("segment/a ACCEPTED 1", "segment/b ACCEPTED 1", "segment/a REJECTED 2");
        assertThat(statuses().get(2).reason()).startsWith("a circle: ");
    }

    @Test
    void aRuleCanBeRemovedOnce() throws Exception {
        comes(segment("a", 1, VISITS), removal("a"), removal("a"));

        assertThat(statuses()).extracting(RuleStatus::verdict).containsExactly(Verdict.ACCEPTED, Verdict.REMOVED);
        assertThat(revisions()).last().isEqualTo(new RuleRevision(2, "segment/a", null, NOW.toEpochMilli()));
    }

    @Test
    void theSameDocumentAgainSaysNothingNew() throws Exception {
        comes(segment("a", 1, VISITS), segment("a", 1, VISITS));

        assertThat(verdicts()).containsExactly("segment/a ACCEPTED 1");
        assertThat(revisions()).hasSize(1);
    }

    @Test
    void thoseFromTheStartAreNamedWithoutARevision() throws Exception {
        harness.close();
        harness = harness(List.of(new RuleRevision(0, "segment/a", json("a", 1, VISITS), Long.MIN_VALUE)));
        harness.open();

        comes(segment("a", 1, VISITS));

        assertThat(verdicts()).containsExactly("segment/a ACCEPTED 1");
        assertThat(revisions()).isEmpty();
    }

    @Test
    void numbersGoOnAfterARestart() throws Exception {
        comes(segment("a", 1, VISITS), segment("b", 1, "segment: c"));
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness(List.of());
        harness.initializeState(snapshot);
        harness.open();

        comes(segment("a", 1, VISITS), segment("c", 1, VISITS));

        assertThat(verdicts()).containsExactly("segment/c ACCEPTED 1", "segment/b ACCEPTED 1");
        assertThat(revisions())
                .as("the last of before, for the tasks to say that they have it, then the new ones")
                .extracting(RuleRevision::number)
                .containsExactly(1L, 2L, 3L);
    }

    private void comes(RuleRecord... records) throws Exception {
        for (RuleRecord record : records) {
            harness.processElement(record, record.at().toEpochMilli());
        }
    }

    private List<RuleRevision> revisions() {
        return harness.extractOutputValues();
    }

    private List<RuleStatus> statuses() {
        var output = harness.getSideOutput(RuleGate.STATUS);
        return output == null
                ? List.of()
                : output.stream().map(StreamRecord::getValue).toList();
    }

    private List<String> verdicts() {
        return statuses().stream()
                .map(status -> status.key() + " " + status.verdict() + " " + status.version())
                .toList();
    }

    private static RuleRecord segment(String id, int version, String when) {
        return new RuleRecord("segment/" + id, json(id, version, when), NOW);
    }

    private static RuleRecord removal(String id) {
        return new RuleRecord("segment/" + id, null, NOW);
    }

    private static String json(String id, int version, String when) {
        String yaml = "kind: segment\nid: %s\nversion: %d\nname: A segment\nwhen:\n  %s\n".formatted(id, version, when);
        return RuleReader.read("test.yaml", yaml).documents().get(0).json();
    }

    private static OneInputStreamOperatorTestHarness<RuleRecord, RuleRevision> harness(List<RuleRevision> fromTheStart)
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new RuleGate(fromTheStart)));
    }
}
