package dev.tideline.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.rules.RuleStatus.Verdict;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a rule is said to be live. */
final class RuleStatusesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final int TWO_TASKS = 2;

    private TwoInputStreamOperatorTestHarness<RuleStatus, RuleReport, RuleStatus> harness;

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
        says(accepted("a", 1, 1), status("a", Verdict.REJECTED, 2, 0));
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
        harness.processElement2(RuleReport.taken(task, TWO_TASKS, revision), 0);
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
        return new RuleStatus(key, verdict, version, revision, null, null, "{\"id\":\"" + key + "\"}", NOW);
    }

    private static TwoInputStreamOperatorTestHarness<RuleStatus, RuleReport, RuleStatus> harness() throws Exception {
        return new TwoInputStreamOperatorTestHarness<>(new CoProcessOperator<>(new RuleStatuses()));
    }
}
