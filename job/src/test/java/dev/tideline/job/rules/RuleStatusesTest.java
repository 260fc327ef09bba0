package dev.tideline.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.rules.RuleStatus.Running;
import dev.tideline.job.rules.RuleStatus.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a rule is said to be live. */
final class RuleStatusesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final int TWO_TASKS = 2;

    private KeyedTwoInputStreamOperatorTestHarness<Integer, RuleStatus, RuleReport, RuleStatus> harness;

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
    void aRuleIsLiveWhenTheLastTaskHasIt() throws Exception {
        says(accepted("a", 1, 1));
        taken(0, 1);
        assertThat(told()).containsExactly("a ACCEPTED 1");

        taken(1, 1);
        assertThat(told()).containsExactly("a ACCEPTED 1", "a LIVE 1");
        assertThat(harness.extractOutputValues().get(1))
                .returns(NOW, RuleStatus::at)
                .returns("{\"id\":\"a\"}", RuleStatus::document);
    }

    @Test
    void neverBeforeItIsAccepted() throws Exception {
        taken(0, 1);
        taken(1, 1);
        assertThat(told()).isEmpty();

        says(accepted("a", 1, 1));
        assertThat(told()).containsExactly("a ACCEPTED 1", "a LIVE 1");
    }

    @Test
    void onceForEachVersion() throws Exception {
        says(accepted("a", 1, 1));
        taken(0, 1);
        taken(1, 1);
        taken(0, 2);
        taken(1, 2);

        assertThat(told()).containsExactly("a ACCEPTED 1", "a LIVE 1");
    }

    @Test
    void aRevisionSaysThatAllBelowItAreThere() throws Exception {
        says(accepted("a", 1, 1), accepted("b", 1, 2), accepted("c", 1, 3));
        taken(0, 2);
        taken(1, 3);

        assertThat(told()).containsExactly("a ACCEPTED 1", "b ACCEPTED 1", "c ACCEPTED 1", "a LIVE 1", "b LIVE 1");
    }

    @Test
    void aVersionThatWasReplacedMeanwhileNeverIs() throws Exception {
        says(accepted("a", 1, 1), accepted("a", 2, 2));
        taken(0, 1);
        taken(1, 1);
        assertThat(told()).containsExactly("a ACCEPTED 1", "a ACCEPTED 2");

        taken(0, 2);
        taken(1, 2);
        assertThat(told()).last().isEqualTo("a LIVE 2");
    }

    @Test
    void aRuleIsRemovedWhenNoTaskHasItAnyMore() throws Exception {
        says(removed("a", 1));
        taken(1, 1);
        assertThat(told()).isEmpty();

        taken(0, 1);
        assertThat(told()).containsExactly("a REMOVED null");
    }

    @Test
    void aRemovalIsToldBeforeWhatComesAfterIt() throws Exception {
        says(removed("a", 1), accepted("a", 1, 2));
        taken(0, 2);
        taken(1, 2);

        assertThat(told()).containsExactly("a REMOVED null", "a ACCEPTED 1", "a LIVE 1");
    }

    @Test
    void whatEveryTaskHadFromTheStartIsLiveAtOnce() throws Exception {
        says(accepted("a", 1, 0));

        assertThat(told()).containsExactly("a ACCEPTED 1", "a LIVE 1");
    }

    @Test
    void aRefusalPassesAndLeavesTheLastGoodOneToBecomeLive() throws Exception {
        says(accepted("a", 1, 1), rejected("a", 2, new Running(1, document("a"))));
        taken(0, 1);
        taken(1, 1);

        assertThat(told()).containsExactly("a ACCEPTED 1", "a REJECTED 2", "a LIVE 1");
    }

    @Test
    void afterARestartTheTasksAreAskedAgain() throws Exception {
        says(accepted("a", 1, 1));
        taken(0, 1);
        restart();

        taken(1, 1);
        assertThat(told()).isEmpty();
        taken(0, 1);
        assertThat(told()).containsExactly("a LIVE 1");
    }

    @Test
    void whatTasksOfAnotherParallelismSaidCountsNoMore() throws Exception {
        says(accepted("a", 1, 1));
        restart();
        taken(0, 1);

        for (int task = 0; task < 4; task++) {
            assertThat(told()).isEmpty();
            harness.processElement2(RuleReport.taken(task, 4, 1), 0);
        }
        assertThat(told()).containsExactly("a LIVE 1");
    }

    @Test
    void aVersionThatWasWithdrawnMeanwhileNeverIs() throws Exception {
        says(accepted("a", 1, 1), status("a", Verdict.WAITING, 1, 0));
        taken(0, 2);
        taken(1, 2);

        assertThat(told()).containsExactly("a ACCEPTED 1", "a WAITING 1");
    }

    @Test
    void tellsWhatARuleDidAtMostEveryTenSeconds() throws Exception {
        live("a", 1, 1);
        counted("a", 1, "entered", 3);
        assertThat(counts()).containsOnly(Map.of());

        harness.setProcessingTime(9_999);
        assertThat(counts()).hasSize(2);
        harness.setProcessingTime(10_000);
        assertThat(told()).last().isEqualTo("a LIVE 1");
        assertThat(counts()).hasSize(3).last().isEqualTo(Map.of("entered", 3L));

        harness.setProcessingTime(60_000);
        assertThat(counts()).as("nothing new").hasSize(3);

        counted("a", 1, "exited", 1);
        harness.setProcessingTime(70_000);
        assertThat(counts()).hasSize(4).last().isEqualTo(Map.of("entered", 3L, "exited", 1L));
    }

    @Test
    void tellsWhatItDidWithEveryOtherWordToo() throws Exception {
        live("a", 1, 1);
        counted("a", 1, "entered", 2);
        says(rejected("a", 2, new Running(1, document("a"))));

        assertThat(counts()).last().isEqualTo(Map.of("entered", 2L));
        harness.setProcessingTime(10_000);
        assertThat(told()).hasSize(3);
    }

    @Test
    void countsBeginAnewWithAVersionAndEndWithTheRule() throws Exception {
        live("a", 1, 1);
        counted("a", 1, "entered", 2);
        live("a", 2, 2);
        counted("a", 1, "entered", 5);
        harness.setProcessingTime(10_000);
        assertThat(counts()).allMatch(Map::isEmpty);

        counted("a", 2, "entered", 1);
        says(removed("a", 3));
        taken(0, 3);
        taken(1, 3);
        harness.setProcessingTime(20_000);
        assertThat(told()).last().isEqualTo("a REMOVED null");
    }

    @Test
    void whatIsCountedBeforeAVersionIsHeardOfIsNotLost() throws Exception {
        live("a", 1, 1);
        counted("a", 2, "entered", 2);
        counted("b", 1, "entered", 1);
        says(accepted("a", 2, 2), accepted("b", 1, 3));

        assertThat(counts().subList(2, 4)).containsExactly(Map.of("entered", 2L), Map.of("entered", 1L));
    }

    @Test
    void saysForHowManyUsersARuleWasStopped() throws Exception {
        live("a", 1, 1);
        counted("a", 1, "stopped", 1);
        harness.setProcessingTime(10_000);
        counted("a", 1, "stopped", 2);
        harness.setProcessingTime(20_000);

        assertThat(harness.extractOutputValues())
                .extracting(RuleStatus::reason)
                .containsExactly(
                        null,
                        null,
                        "stopped for a user once: more than 1000 partial matches",
                        "stopped for a user 3 times: more than 1000 partial matches");
    }

    @Test
    void saysThatARuleFailsOnItsOwn() throws Exception {
        live("a", 1, 1);
        counted("a", 1, "broken", 2);
        counted("a", 1, "stopped", 1);
        harness.setProcessingTime(10_000);

        assertThat(harness.extractOutputValues())
                .extracting(RuleStatus::reason)
                .last()
                .isEqualTo("stopped for a user once: more than 1000 partial matches; "
                        + "could not be evaluated 2 times and is not looked for any more");
    }

    @Test
    void countsGoOnAfterARestart() throws Exception {
        live("a", 1, 1);
        counted("a", 1, "entered", 2);
        counted("b", 1, "entered", 1);
        restart();

        harness.setProcessingTime(10_000);
        assertThat(counts()).containsExactly(Map.of("entered", 2L));

        counted("a", 1, "entered", 1);
        says(accepted("b", 1, 2));
        harness.setProcessingTime(20_000);
        assertThat(counts()).containsExactly(Map.of("entered", 2L), Map.of("entered", 1L), Map.of("entered", 3L));
    }

    @Test
    void aJobThatComesToAnEndTellsThemThereAlone() throws Exception {
        harness.close();
        harness = harness(RuleOptions.bounded(List.of(), 1000));
        harness.open();
        counted("a", 1, "entered", 1);
        live("a", 1, 1);
        counted("a", 1, "entered", 1);
        harness.setProcessingTime(1_000_000);
        assertThat(counts()).containsExactly(Map.of(), Map.of());

        harness.processBothWatermarks(Watermark.MAX_WATERMARK);
        assertThat(counts()).hasSize(3).last().isEqualTo(Map.of("entered", 2L));
    }

    private void live(String key, int version, long revision) throws Exception {
        says(accepted(key, version, revision));
        taken(0, revision);
        taken(1, revision);
    }

    @Test
    void aRuleThatWaitsForThePastIsLiveWhenEveryTaskHasShownItToItsUsers() throws Exception {
        sent(1, "segment/a", true, null);
        says(accepted("segment/a", 1, 1));
        taken(0, 1);
        taken(1, 1);
        assertThat(told()).containsExactly("segment/a ACCEPTED 1", "segment/a BACKFILLING 1");

        read(1, 3, 10);
        read(1, 3, 10);
        filled(0, 1);
        assertThat(told()).last().isEqualTo("segment/a BACKFILLING 1");
        assertThat(harness.extractOutputValues())
                .last()
                .extracting(RuleStatus::progress)
                .isEqualTo(new RuleStatus.Progress(3, 10));

        filled(1, 1);
        assertThat(told())
                .containsExactly(
                        "segment/a ACCEPTED 1",
                        "segment/a BACKFILLING 1",
                        "segment/a BACKFILLING 1",
                        "segment/a LIVE 1");
        assertThat(harness.extractOutputValues())
                .last()
                .extracting(RuleStatus::progress)
                .isNull();
    }

    @Test
    void isNotLiveBeforeItIsKnownWhetherItWaitsForThePast() throws Exception {
        says(accepted("segment/a", 1, 1));
        harness.processElement2(RuleReport.taken(0, TWO_TASKS, 1), 0);
        harness.processElement2(RuleReport.taken(1, TWO_TASKS, 1), 0);
        assertThat(told()).containsExactly("segment/a ACCEPTED 1");

        sent(1, "segment/a", false, null);
        assertThat(told()).containsExactly("segment/a ACCEPTED 1", "segment/a LIVE 1");
    }

    @Test
    void goesOnWaitingAfterARestart() throws Exception {
        sent(1, "segment/a", true, null);
        says(accepted("segment/a", 1, 1));
        taken(0, 1);
        taken(1, 1);

        restart();
        harness.processElement2(RuleReport.taken(0, TWO_TASKS, 1), 0);
        harness.processElement2(RuleReport.taken(1, TWO_TASKS, 1), 0);
        sent(1, "segment/a", true, null);
        sent(1, null, false, null);
        assertThat(told()).isEmpty();

        filled(0, 1);
        filled(1, 1);
        assertThat(told()).containsExactly("segment/a LIVE 1");
    }

    @Test
    void saysSinceWhenItIsCountingWhatThePastDoesNotTell() throws Exception {
        sent(1, "segment/a", false, NOW.toEpochMilli());
        says(accepted("segment/a", 1, 1));
        taken(0, 1);
        taken(1, 1);

        assertThat(harness.extractOutputValues()).last().satisfies(status -> {
            assertThat(status.verdict()).isEqualTo(Verdict.LIVE);
            assertThat(status.countingSince()).isEqualTo(NOW);
        });
    }

    private void counted(String key, int version, String what, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            harness.processElement2(RuleReport.counted(i % TWO_TASKS, TWO_TASKS, key, version, what), 0);
        }
    }

    private List<Map<String, Long>> counts() {
        return harness.extractOutputValues().stream().map(RuleStatus::counts).toList();
    }

    @Test
    void howManyUsersHaveComeUnderAChangeIsToldAtMostEverySecondAndAtTheEnd() throws Exception {
        says(accepted("segment/a", 1, 1));
        taken(0, 1);
        taken(1, 1);
        harness.setProcessingTime(0);

        reached(0, 0, 10, 1L);
        later();
        assertThat(progress()).isEmpty();

        reached(1, 5, 20, 1L);
        reached(0, 5, 10, 1L);
        later();
        reached(1, 20, 20, 1L);
        reached(0, 10, 10, 1L);
        later();

        assertThat(progress()).containsExactly("segment/a LIVE 10 of 30", "segment/a LIVE 30 of 30");
    }

    @Test
    void soIsARemovalAlsoAfterARestart() throws Exception {
        says(accepted("segment/a", 1, 1), removed("segment/a", 2), removed("pattern/b", 3));
        taken(0, 3);
        taken(1, 3);
        reached(0, 10, 10, 2L);
        restart();

        reached(0, 10, 10, 2L);
        reached(1, 8, 8, 2L);

        assertThat(progress()).containsExactly("segment/a REMOVED 18 of 18");
    }

    @Test
    void butNotOfAVersionThatIsNoLongerInForce() throws Exception {
        says(accepted("segment/a", 1, 1));
        taken(0, 1);
        taken(1, 1);
        says(accepted("segment/a", 2, 2));
        reached(0, 10, 10, 1L);
        reached(1, 10, 10, 1L);
        taken(0, 2);
        taken(1, 2);
        reached(0, 10, 10, 1L, 2L);
        reached(1, 10, 10, 1L, 2L);

        assertThat(progress()).containsExactly("segment/a LIVE 20 of 20");
        assertThat(harness.extractOutputValues()).last().returns(2, RuleStatus::version);
    }

    @Test
    void whatTryingOutASegmentHasComeToIsAddedUpOverTheTasks() throws Exception {
        says(accepted("segment/a", 3, 1));
        taken(0, 1);
        taken(1, 1);
        tried(0, 3, new RuleReport.Trial(5, 2, 1, List.of("u2", "u1"), List.of("u3")));
        tried(1, 2, new RuleReport.Trial(9, 9, 9, List.of(), List.of()));
        tried(1, 3, new RuleReport.Trial(1, 1, 0, List.of("u0"), List.of()));
        harness.setProcessingTime(10_000);
        tried(0, 3, new RuleReport.Trial(4, 1, 1, List.of("u2"), List.of("u3")));
        harness.setProcessingTime(20_000);

        assertThat(harness.extractOutputValues().stream().map(RuleStatus::trial).filter(Objects::nonNull))
                .containsExactly(
                        new RuleStatus.Trial(6, 3, 1, List.of("u0", "u1", "u2"), List.of("u3")),
                        new RuleStatus.Trial(5, 2, 1, List.of("u0", "u2"), List.of("u3")));
    }

    private void tried(int task, int version, RuleReport.Trial trial) throws Exception {
        harness.processElement2(RuleReport.tried(task, TWO_TASKS, "segment/a", version, trial), 0);
    }

    private void reached(int task, long users, long of, Long... revisions) throws Exception {
        RuleReport.Reached reached = new RuleReport.Reached(List.of(revisions), users, of, users == of);
        harness.processElement2(RuleReport.reached(task, TWO_TASKS, reached), 0);
    }

    private void later() throws Exception {
        harness.setProcessingTime(harness.getProcessingTime() + 1_000);
    }

    private List<String> progress() {
        return harness.extractOutputValues().stream()
                .filter(status -> status.progress() != null)
                .map(status -> status.key() + " " + status.verdict() + " "
                        + Objects.requireNonNull(status.progress()).done() + " of "
                        + Objects.requireNonNull(status.progress()).of())
                .toList();
    }

    private static RuleStatus rejected(String key, int version, Running running) {
        return new RuleStatus(
                key, Verdict.REJECTED, version, 0, "/when", null, null, null, running, Map.of(), null, null, null, NOW);
    }

    private void restart() throws Exception {
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
    }

    private void says(RuleStatus... statuses) throws Exception {
        for (RuleStatus status : statuses) {
            harness.processElement1(status, 0);
        }
    }

    private void taken(int task, long revision) throws Exception {
        sent(revision, null, false, null);
        harness.processElement2(RuleReport.taken(task, TWO_TASKS, revision), 0);
    }

    private void sent(long revision, @Nullable String key, boolean awaited, @Nullable Long countingSince)
            throws Exception {
        harness.processElement2(RuleReport.sent(revision, key, awaited, countingSince), 0);
    }

    private void read(long pass, long done, long users) throws Exception {
        harness.processElement2(RuleReport.read(pass, done, users), 0);
    }

    private void filled(int task, long pass) throws Exception {
        harness.processElement2(RuleReport.filled(task, TWO_TASKS, pass), 0);
    }

    private List<String> told() {
        return harness.extractOutputValues().stream()
                .map(status -> status.key() + " " + status.verdict() + " " + status.version())
                .toList();
    }

    private static RuleStatus accepted(String key, int version, long revision) {
        return status(key, Verdict.ACCEPTED, version, revision);
    }

    private static RuleStatus removed(String key, long revision) {
        return status(key, Verdict.REMOVED, null, revision);
    }

    private static RuleStatus status(String key, Verdict verdict, @Nullable Integer version, long revision) {
        return new RuleStatus(
                key,
                verdict,
                version,
                revision,
                null,
                null,
                document(key),
                "live",
                null,
                Map.of(),
                null,
                null,
                null,
                NOW);
    }

    private static String document(String key) {
        return "{\"id\":\"" + key + "\"}";
    }

    private static KeyedTwoInputStreamOperatorTestHarness<Integer, RuleStatus, RuleReport, RuleStatus> harness()
            throws Exception {
        return harness(RuleOptions.live(List.of(), null, 1000));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<Integer, RuleStatus, RuleReport, RuleStatus> harness(
            RuleOptions options) throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(new RuleStatuses(options)), status -> 0, report -> 0, Types.INT);
    }
}
