package dev.tideline.job.rules;

import dev.tideline.job.rules.RuleStatus.Verdict;
import dev.tideline.job.step.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Says what the gate cannot know: that every task has a rule. Passes the gate's words on, follows {@code ACCEPTED} by
 * {@code LIVE} once all tasks have the revision, and holds {@code REMOVED} back until no task has the rule any more. A version
 * that was replaced before all had it never becomes live. Runs with a parallelism of 1.
 *
 * <p>Owns: one status for each rule that not all tasks have · Lifecycle: until they have it · Never: decides about a rule.
 */
public final class RuleStatuses extends CoProcessFunction<RuleStatus, RuleReport, RuleStatus>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private transient Map<String, RuleStatus> pending;
    private transient RollCall tasks;
    private transient ListState<RuleStatus> pendingState;

    /**
     * Wires the step.
     *
     * @param statuses the gate's
     * @param reports of the tasks that follow persons
     */
    public static DataStream<RuleStatus> wire(DataStream<RuleStatus> statuses, DataStream<RuleReport> reports) {
        return Step.RULE_STATUSES
                .mark(statuses.global().connect(reports.global()).process(new RuleStatuses()))
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        pendingState =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("pending", RuleStatus.class));
        pending = new TreeMap<>();
        for (RuleStatus status : pendingState.get()) {
            pending.put(status.key(), status);
        }
        tasks = new RollCall();
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        pendingState.update(List.copyOf(pending.values()));
    }

    @Override
    public void processElement1(RuleStatus status, Context context, Collector<RuleStatus> out) {
        switch (status.verdict()) {
            case ACCEPTED -> {
                replaced(status.key(), out);
                out.collect(status);
                pending.put(status.key(), status);
            }
            case REMOVED -> {
                replaced(status.key(), out);
                pending.put(status.key(), status);
            }
            case REJECTED, WAITING, LIVE -> out.collect(status);
        }
        tell(out);
    }

    /** A removal is told before what comes after it. */
    private void replaced(String key, Collector<RuleStatus> out) {
        RuleStatus before = pending.remove(key);
        if (before != null && before.verdict() == Verdict.REMOVED) {
            out.collect(before);
        }
    }

    @Override
    public void processElement2(RuleReport report, Context context, Collector<RuleStatus> out) {
        if (report.kind() == RuleReport.Kind.TAKEN) {
            tasks.take(report);
            tell(out);
        }
    }

    private void tell(Collector<RuleStatus> out) {
        long everyoneHas = tasks.everyoneHas();
        List<RuleStatus> done = pending.values().stream()
                .filter(status -> status.revision() <= everyoneHas)
                .sorted(Comparator.comparingLong(RuleStatus::revision))
                .toList();
        for (RuleStatus status : done) {
            pending.remove(status.key());
            out.collect(status.verdict() == Verdict.REMOVED ? status : status.live());
        }
    }
}
