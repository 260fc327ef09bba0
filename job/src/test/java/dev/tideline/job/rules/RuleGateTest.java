package dev.tideline.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.rules.RuleStatus.Verdict;
import dev.tideline.patterns.fact.RuleRecord;
import dev.tideline.patterns.rule.RuleReader;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which rules come into force, and what is said of those that do not. */
final class RuleGateTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String VISITS = "performed: page_view";

    private TwoInputStreamOperatorTestHarness<RuleRecord, RuleFileNews, RuleRevision> harness;

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
    void thoseFromTheStartAreNamedAsSoonAsTheJobRuns() throws Exception {
        reopen(List.of(new RuleRevision(0, "segment/a", json("a", 1, VISITS), Long.MIN_VALUE)));

        fileSays(RuleFileNews.hello(NOW));

        assertThat(verdicts()).containsExactly("segment/a ACCEPTED 1");
        assertThat(statuses().get(0).at()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void saysAllThatIsWrong() throws Exception {
        comes(new RuleRecord(
                "segment/a",
                json("a", 1, VISITS).replace("page_view", "Page View").replace("A segment", ""),
                NOW));

        assertThat(statuses().get(0).reason()).contains("/name: ", "; /when/performed: ");
        assertThat(statuses().get(0).version()).isEqualTo(1);
    }

    @Test
    void whatIsNoJsonIsRejected() throws Exception {
        comes(
                new RuleRecord("segment/a", "{", NOW),
                new RuleRecord("segment/b", "", NOW),
                new RuleRecord("segment/c", "\u0000[[", NOW),
                new RuleRecord("segment/d", "[".repeat(100_000), NOW));

        assertThat(verdicts())
                .containsExactly(
                        "segment/a REJECTED null",
                        "segment/b REJECTED null",
                        "segment/c REJECTED null",
                        "segment/d REJECTED null");
        assertThat(revisions()).isEmpty();
    }

    @Test
    void aKeyOtherThanTheDocumentsIsRejected() throws Exception {
        comes(new RuleRecord("segment/b", json("a", 1, VISITS), NOW), new RuleRecord("", json("a", 1, VISITS), NOW));

        assertThat(verdicts()).containsExactly("segment/b REJECTED 1", " REJECTED 1");
        assertThat(statuses().get(0).reason()).contains("segment/a");
    }

    @Test
    void aSequenceThatCannotBeMatchedIsRejected() throws Exception {
        String steps = """
                all:
                    - within: 7d
                      sequence:
                        - { step: a, on: text, times: { at_least: 1 }, consecutive: true, until: "true" }
                        - { step: b, on: text, contiguity: not_followed_by }
                        - { step: c, on: text, contiguity: next, times: { at_least: 2 }, optional: true, greedy: true, until: "true" }
                """;
        comes(segment("a", 1, steps));

        assertThat(verdicts()).containsExactly("segment/a REJECTED 1");
        assertThat(statuses().get(0).path()).startsWith("/when/all/0");
        assertThat(statuses().get(0).reason()).doesNotContain("Exception");
    }

    @Test
    void aRefusalSaysWhatGoesOnRunning() throws Exception {
        comes(segment("a", 3, VISITS), segment("a", 3, "performed: login"), segment("a", 2, VISITS));

        assertThat(verdicts()).containsExactly("segment/a ACCEPTED 3", "segment/a REJECTED 3", "segment/a REJECTED 2");
        assertThat(statuses().get(1).reason()).isEqualTo("version 3 is taken by another document; raise the version");
        assertThat(statuses().get(2).reason()).isEqualTo("version 2 does not follow version 3; raise the version");
        assertThat(statuses())
                .extracting(RuleStatus::running)
                .containsExactly(
                        null,
                        new RuleStatus.Running(3, json("a", 3, VISITS)),
                        new RuleStatus.Running(3, json("a", 3, VISITS)));
    }

    @Test
    void theRunningDocumentAgainEndsARefusal() throws Exception {
        comes(segment("a", 1, VISITS), segment("a", 1, "performed: login"), segment("a", 1, VISITS));
        comes(segment("a", 1, VISITS));

        assertThat(verdicts()).containsExactly("segment/a ACCEPTED 1", "segment/a REJECTED 1", "segment/a ACCEPTED 1");
        assertThat(revisions()).hasSize(1);
    }

    @Test
    void whatWaitsSaysForWhom() throws Exception {
        comes(segment("b", 1, VISITS, "mode: shadow"), segment("c", 1, VISITS, "enabled: false"));
        comes(segment("a", 1, "any: [ segment: b, segment: c, segment: d ]"));

        assertThat(statuses().get(2).reason())
                .isEqualTo("waits for segment/b, which is in mode shadow, segment/c, which is not enabled, segment/d,"
                        + " which is not there");
        assertThat(statuses().get(2).path()).isEqualTo("/when");
    }

    @Test
    void theOldVersionRunsWhileTheNewOneWaits() throws Exception {
        comes(segment("a", 1, VISITS), segment("a", 2, "segment: b"));

        assertThat(verdicts()).containsExactly("segment/a ACCEPTED 1", "segment/a WAITING 2");
        assertThat(statuses().get(1).running()).isEqualTo(new RuleStatus.Running(1, json("a", 1, VISITS)));
        assertThat(revisions()).hasSize(1);

        comes(segment("a", 2, "segment: c"), segment("a", 3, "performed: login"), segment("b", 1, VISITS));
        assertThat(verdicts().subList(2, 5))
                .containsExactly("segment/a REJECTED 2", "segment/a ACCEPTED 3", "segment/b ACCEPTED 1");
    }

    @Test
    void aChainOfWaitingRulesComesIntoForceAtOnce() throws Exception {
        comes(segment("a", 1, "segment: b"), segment("b", 1, "segment: c"), segment("c", 1, VISITS));

        assertThat(verdicts().subList(2, 5))
                .containsExactly("segment/c ACCEPTED 1", "segment/b ACCEPTED 1", "segment/a ACCEPTED 1");
        assertThat(statuses().get(0).reason()).endsWith("segment/b, which is not there");
    }

    @Test
    void aRemovedSegmentTakesThoseWithItThatNameIt() throws Exception {
        comes(segment("a", 1, VISITS), segment("b", 1, "segment: a"), segment("c", 1, "not: { segment: b }"));
        comes(removal("a"));

        assertThat(verdicts().subList(3, 6))
                .containsExactly("segment/c WAITING 1", "segment/b WAITING 1", "segment/a REMOVED null");
        assertThat(statuses().get(4).reason()).isEqualTo("waits for segment/a, which is not live any more");
        assertThat(revisions().subList(3, 6))
                .as("no task ever has a name that leads nowhere")
                .extracting(RuleRevision::key)
                .containsExactly("segment/c", "segment/b", "segment/a");
        assertThat(revisions().subList(3, 6)).extracting(RuleRevision::json).containsOnlyNulls();

        comes(segment("a", 1, VISITS));
        assertThat(verdicts().subList(6, 9))
                .containsExactly("segment/a ACCEPTED 1", "segment/b ACCEPTED 1", "segment/c ACCEPTED 1");
    }

    @Test
    void soDoesOneThatIsDisabledOrPutIntoShadow() throws Exception {
        comes(segment("a", 1, VISITS), segment("b", 1, "segment: a"), segment("a", 2, VISITS, "enabled: false"));
        assertThat(verdicts().subList(2, 4)).containsExactly("segment/b WAITING 1", "segment/a ACCEPTED 2");

        comes(segment("a", 3, VISITS), segment("a", 4, VISITS, "mode: shadow"));
        assertThat(verdicts().subList(4, 8))
                .containsExactly(
                        "segment/a ACCEPTED 3", "segment/b ACCEPTED 1", "segment/b WAITING 1", "segment/a ACCEPTED 4");
    }

    @Test
    void aCircleThroughRulesThatWaitIsRejected() throws Exception {
        comes(segment("a", 1, "segment: b"), segment("b", 1, "any: [ segment: a, segment: c ]"));

        assertThat(verdicts()).containsExactly("segment/a WAITING 1", "segment/b REJECTED 1");
        assertThat(statuses().get(1).reason()).isEqualTo("a circle: b → a → b");
    }

    @Test
    void aCircleThatOnlyLettingInWouldCloseIsRejected() throws Exception {
        comes(segment("x", 1, VISITS), segment("y", 1, VISITS), segment("a", 1, VISITS));
        comes(segment("y", 2, "segment: a"));
        comes(segment("x", 2, "all: [ segment: y, segment: z ]"), segment("y", 3, "segment: w"));
        comes(segment("a", 2, "segment: x"), segment("z", 1, VISITS));

        assertThat(verdicts()).last().isEqualTo("segment/x REJECTED 2");
        assertThat(statuses().get(statuses().size() - 1).running())
                .isEqualTo(new RuleStatus.Running(1, json("x", 1, VISITS)));
    }

    @Test
    void oneLivePolicyIsInForce() throws Exception {
        comes(policy("a", 1, ""), policy("b", 1, ""), policy("b", 1, "mode: shadow"), policy("c", 1, "enabled: false"));

        assertThat(verdicts())
                .containsExactly(
                        "policy/a ACCEPTED 1", "policy/b REJECTED 1", "policy/b ACCEPTED 1", "policy/c ACCEPTED 1");
        assertThat(statuses().get(1).reason()).startsWith("a second live policy; policy/a is in force");

        comes(policy("a", 2, "enabled: false"), policy("c", 2, ""));
        assertThat(verdicts().subList(4, 6)).containsExactly("policy/a ACCEPTED 2", "policy/c ACCEPTED 2");
    }

    @Test
    void aVersionNeverHoldsFromBeforeTheOneItReplaces() throws Exception {
        comes(at(10, segment("a", 1, VISITS)), at(5, segment("a", 2, VISITS)), at(7, removal("a")));

        assertThat(revisions())
                .extracting(RuleRevision::effectiveMillis)
                .containsOnly(NOW.plusSeconds(10).toEpochMilli());
        assertThat(statuses()).extracting(RuleStatus::at).containsOnly(NOW.plusSeconds(10));
    }

    @Test
    void norFromBeforeASegmentThatItNames() throws Exception {
        comes(
                at(1, segment("a", 1, "segment: b")),
                at(9, segment("b", 1, VISITS)),
                at(3, segment("c", 1, "segment: b")));

        assertThat(revisions())
                .extracting(RuleRevision::effectiveMillis)
                .containsOnly(NOW.plusSeconds(9).toEpochMilli());
    }

    @Test
    void aRuleFromAFileIsToldOfWithItsPlace() throws Exception {
        fileSays(document("a", 1, VISITS), document("a", 1, "performed: login"));

        assertThat(verdicts()).containsExactly("segment/a ACCEPTED 1", "segment/a REJECTED 1");
        assertThat(statuses().get(1).reason())
                .isEqualTo("mine.yaml:1:1: version 1 is taken by another document; raise the version");
    }

    @Test
    void aFileThatGoesTakesOnlyWhatCameFromIt() throws Exception {
        fileSays(document("a", 1, VISITS), document("b", 1, VISITS));
        comes(segment("b", 2, VISITS));

        fileSays(RuleFileNews.gone("segment/a", NOW), RuleFileNews.gone("segment/b", NOW));

        assertThat(verdicts())
                .containsExactly(
                        "segment/a ACCEPTED 1",
                        "segment/b ACCEPTED 1",
                        "segment/b ACCEPTED 2",
                        "segment/a REMOVED null");
    }

    @Test
    void aBrokenFileLeavesTheRuleAsItIsAndIsMended() throws Exception {
        fileSays(
                document("a", 1, VISITS),
                RuleFileNews.broken("segment/a", "/when", "mine.yaml:4:1: /when: found nothing", NOW),
                document("a", 1, VISITS),
                RuleFileNews.broken("file/other.yaml", "", "other.yaml:1:1: /: found nonsense", NOW),
                RuleFileNews.mended("file/other.yaml", NOW));

        assertThat(verdicts())
                .containsExactly(
                        "segment/a ACCEPTED 1",
                        "segment/a REJECTED null",
                        "segment/a ACCEPTED 1",
                        "file/other.yaml REJECTED null",
                        "file/other.yaml REMOVED null");
        assertThat(statuses().get(1).running()).isEqualTo(new RuleStatus.Running(1, json("a", 1, VISITS)));
        assertThat(revisions()).hasSize(1);
    }

    @Test
    void everythingIsTheSameAfterARestart() throws Exception {
        fileSays(document("f", 1, VISITS));
        comes(segment("a", 1, VISITS), segment("a", 1, "performed: login"), segment("b", 1, "segment: c"));
        comes(segment("d", 1, VISITS), removal("d"));
        restart();
        fileSays(RuleFileNews.hello(NOW));
        assertThat(revisions()).as("the last one again").containsExactly(removed(4, "segment/d"));

        comes(segment("a", 1, VISITS), segment("a", 1, VISITS), segment("c", 1, VISITS));
        fileSays(RuleFileNews.gone("segment/a", NOW), RuleFileNews.gone("segment/f", NOW));

        assertThat(verdicts())
                .containsExactly(
                        "segment/a ACCEPTED 1",
                        "segment/c ACCEPTED 1",
                        "segment/b ACCEPTED 1",
                        "segment/f REMOVED null");
        assertThat(revisions()).extracting(RuleRevision::number).containsExactly(4L, 5L, 6L, 7L);
    }

    @Test
    void afterARestartTheFilesOfTheStartCountNoMore() throws Exception {
        reopen(List.of(new RuleRevision(0, "segment/a", json("a", 1, VISITS), Long.MIN_VALUE)));
        comes(segment("a", 2, VISITS));
        restart();

        comes(segment("a", 3, VISITS));

        assertThat(verdicts()).containsExactly("segment/a ACCEPTED 3");
    }

    @Test
    void aStormOfChangesIsJudgedEachByItself() throws Exception {
        int rules = 500;
        for (int id = 0; id < rules; id++) {
            comes(segment("s" + id, 1, id == 0 ? VISITS : "any: [ performed: login, segment: s" + (id - 1) + " ]"));
        }
        for (int change = 0; change < 1000; change++) {
            String id = "s" + (change * 7 % rules);
            boolean broken = change % 20 == 0;
            comes(broken ? new RuleRecord("segment/" + id, "{", NOW) : segment(id, 2 + change, VISITS));
        }

        assertThat(verdicts()).hasSize(rules + 1000);
        assertThat(verdicts().stream().filter(verdict -> verdict.endsWith(" REJECTED null")))
                .hasSize(50);
        assertThat(revisions()).hasSize(rules + 950);
        assertThat(revisions()).extracting(RuleRevision::number).isSorted().doesNotHaveDuplicates();
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
            harness.processElement1(record, record.at().toEpochMilli());
        }
    }

    private void fileSays(RuleFileNews... news) throws Exception {
        for (RuleFileNews each : news) {
            harness.processElement2(each, 0);
        }
    }

    private void restart() throws Exception {
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness(List.of());
        harness.initializeState(snapshot);
        harness.open();
    }

    private void reopen(List<RuleRevision> fromTheStart) throws Exception {
        harness.close();
        harness = harness(fromTheStart);
        harness.open();
    }

    private static RuleRecord at(int seconds, RuleRecord record) {
        return new RuleRecord(record.key(), record.json(), NOW.plusSeconds(seconds));
    }

    private static RuleRevision removed(long number, String key) {
        return new RuleRevision(number, key, null, NOW.toEpochMilli());
    }

    private static RuleFileNews document(String id, int version, String when) {
        return RuleFileNews.document("segment/" + id, json(id, version, when), "mine.yaml:1:1", NOW);
    }

    private static RuleRecord policy(String id, int version, String more) {
        String yaml = "kind: policy\nid: %s\nversion: %d\nname: A policy\n%s\n".formatted(id, version, more);
        return new RuleRecord("policy/" + id, parsed(yaml), NOW);
    }

    private static RuleRecord segment(String id, int version, String when, String more) {
        return new RuleRecord("segment/" + id, parsed(yaml(id, version, when) + more + "\n"), NOW);
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
        return parsed(yaml(id, version, when));
    }

    private static String yaml(String id, int version, String when) {
        return "kind: segment\nid: %s\nversion: %d\nname: A segment\nwhen:\n  %s\n".formatted(id, version, when);
    }

    private static String parsed(String yaml) {
        return RuleReader.read("test.yaml", yaml).documents().get(0).json();
    }

    private static TwoInputStreamOperatorTestHarness<RuleRecord, RuleFileNews, RuleRevision> harness(
            List<RuleRevision> fromTheStart) throws Exception {
        return new TwoInputStreamOperatorTestHarness<>(new CoProcessOperator<>(new RuleGate(fromTheStart)));
    }
}
