package dev.tideline.job.rules;

import dev.tideline.job.rules.RuleStatus.Verdict;
import dev.tideline.job.step.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Says what the gate cannot know: that every task has a rule, and what the rule did. Passes the gate's words on, follows
 * {@code ACCEPTED} by {@code LIVE} once all tasks have the revision (by {@code BACKFILLING} first, where it waits for the past),
 * and holds {@code REMOVED} back until no task has the rule
 * any more. A version that was replaced or withdrawn before all had it never becomes live. How many users have come under
 * what concerns everybody follows, at most every second. What is counted goes with every
 * status, and is told by itself at most every so often. Runs with a parallelism of 1, under one key: that gives it a timer.
 *
 * <p>Owns: of each rule in force the last status and its counts; a status for each that not all tasks have, and for each
 * removed one until all users have come to that; counts of at most a
 * thousand versions that it has not heard of yet · Lifecycle: until
 * the version is replaced or removed · Never: decides about a rule.
 */
public final class RuleStatuses extends KeyedCoProcessFunction<Integer, RuleStatus, RuleReport, RuleStatus>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final int MOST_UNKNOWN = 1000;
    private static final long PROGRESS_EVERY_MILLIS = 1_000;

    private final RuleOptions options;
    private transient Map<String, RuleStatus> pending;
    private transient Map<String, RuleTally> tallies;
    private transient Map<String, RuleTally> unknown;
    private transient Map<String, RuleStatus> removed;
    private transient RollCall tasks;
    private transient Backfills backfills;
    private transient Bringing bringing;
    private transient TrialTally trials;
    private transient boolean timed;
    private transient long progressAt;
    private transient ListState<RuleStatus> pendingState;
    private transient ListState<RuleStatus> removedState;
    private transient ListState<RuleTally> tallyState;

    RuleStatuses(RuleOptions options) {
        this.options = options;
    }

    /**
     * Wires the step.
     *
     * @param statuses the gate's
     * @param reports of the tasks that follow persons
     */
    public static DataStream<RuleStatus> wire(
            DataStream<RuleStatus> statuses, DataStream<RuleReport> reports, RuleOptions options) {
        return Step.RULE_STATUSES
                .mark(statuses.connect(reports)
                        .keyBy(status -> 0, report -> 0, Types.INT)
                        .process(new RuleStatuses(options)))
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        pendingState =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("pending", RuleStatus.class));
        tallyState =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("tallies", RuleTally.class));
        removedState =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("removed", RuleStatus.class));
        pending = new TreeMap<>();
        removed = new TreeMap<>();
        tallies = new TreeMap<>();
        unknown = new TreeMap<>();
        tasks = new RollCall();
        backfills = new Backfills();
        bringing = new Bringing();
        trials = new TrialTally();
        progressAt = Long.MIN_VALUE;
        for (RuleStatus status : pendingState.get()) {
            pending.put(status.key(), status);
        }
        for (RuleStatus status : removedState.get()) {
            removed.put(status.key(), status);
        }
        for (RuleTally tally : tallyState.get()) {
            (tally.latest() == null ? unknown : tallies).put(tally.key(), tally);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        pendingState.update(List.copyOf(pending.values()));
        removedState.update(List.copyOf(removed.values()));
        List<RuleTally> all = new ArrayList<>(tallies.values());
        all.addAll(unknown.values());
        tallyState.update(all);
    }

    @Override
    public void processElement1(RuleStatus status, Context context, Collector<RuleStatus> out) {
        String key = status.key();
        if (status.verdict() == Verdict.ACCEPTED || status.runningVersion() == null) {
            RuleStatus before = pending.remove(key);
            if (before != null && before.verdict() == Verdict.REMOVED) {
                out.collect(before);
            }
        }
        if (status.verdict() == Verdict.ACCEPTED || status.verdict() == Verdict.REMOVED) {
            pending.put(key, status);
        }
        removed.remove(key);
        Integer running = status.runningVersion();
        if (running == null) {
            tallies.remove(key);
            trials.forget(key);
        } else {
            tallies.put(key, tally(key, running));
        }
        if (status.verdict() != Verdict.REMOVED) {
            pass(status, out);
        }
        tell(out);
    }

    private RuleTally tally(String key, int version) {
        RuleTally known = tallies.get(key);
        if (known != null && known.version() == version) {
            return known;
        }
        RuleTally early = unknown.remove(key);
        return early != null && early.version() == version ? early : RuleTally.empty(key, version);
    }

    /** In a job that comes to an end, what was counted by then depends on how fast the tasks were. */
    private void pass(RuleStatus status, Collector<RuleStatus> out) {
        RuleTally tally = tallies.get(status.key());
        if (tally != null && options.countsEvery() == null) {
            tallies.put(status.key(), tally.before(status));
            out.collect(status);
        } else {
            passWithCounts(status, out);
        }
    }

    private void passWithCounts(RuleStatus status, Collector<RuleStatus> out) {
        RuleTally tally = tallies.get(status.key());
        if (tally == null) {
            out.collect(status);
        } else {
            RuleStatus told = status.tried(trials.of(status.key(), tally.version()));
            tallies.put(status.key(), tally.after(told));
            out.collect(tally.tell(told, options.mostPartials()));
        }
    }

    @Override
    public void processElement2(RuleReport report, Context context, Collector<RuleStatus> out) {
        switch (report.kind()) {
            case TAKEN -> {
                tasks.take(report);
                tell(out);
            }
            case SENT -> {
                backfills.sent(report);
                tell(out);
            }
            case READ -> {
                backfills.read(report);
                tell(out);
            }
            case FILLED -> {
                backfills.filled(report);
                tell(out);
            }
            case COUNTED -> {
                if (count(String.valueOf(report.key()), report.version(), String.valueOf(report.what()))) {
                    setTimer(context);
                }
            }
            case REACHED -> {
                bringing.take(report);
                if (bringing.anyIsThrough()) {
                    tellProgress(out);
                } else {
                    setProgressTimer(context);
                }
            }
            case TRIED -> {
                trials.take(report);
                setTimer(context);
            }
        }
    }

    private static boolean concernsEverybody(RuleStatus status) {
        return status.revision() > 0 && !status.key().startsWith("pattern/");
    }

    private void setProgressTimer(Context context) {
        if (progressAt == Long.MIN_VALUE) {
            progressAt = context.timerService().currentProcessingTime() + PROGRESS_EVERY_MILLIS;
            context.timerService().registerProcessingTimeTimer(progressAt);
        }
    }

    /** Says how many users have come to what is in force, or is gone. */
    private void tellProgress(Collector<RuleStatus> out) {
        Set<Long> news = bringing.news();
        for (RuleTally tally : List.copyOf(tallies.values())) {
            RuleStatus latest = tally.latest();
            if (latest != null && latest.verdict() == Verdict.LIVE && news.contains(latest.revision())) {
                passWithCounts(latest.reached(bringing.of(latest.revision())), out);
            }
        }
        for (RuleStatus gone : List.copyOf(removed.values())) {
            if (news.contains(gone.revision())) {
                out.collect(gone.reached(bringing.of(gone.revision())));
                if (bringing.isThrough(gone.revision())) {
                    removed.remove(gone.key());
                }
            }
        }
        news.stream().filter(bringing::isThrough).forEach(bringing::forget);
    }

    /** What is counted of a version that was replaced is dropped; of one not heard of yet, kept for it. */
    private boolean count(String key, int version, String what) {
        RuleTally tally = tallies.get(key);
        if (tally != null && tally.version() == version) {
            tallies.put(key, tally.counted(what));
            return true;
        }
        RuleTally early = unknown.get(key);
        boolean isNew = tally == null || version > tally.version();
        if (isNew && early != null && early.version() == version) {
            unknown.put(key, early.counted(what));
        } else if (isNew && unknown.size() < MOST_UNKNOWN) {
            unknown.put(key, RuleTally.empty(key, version).counted(what));
        }
        return false;
    }

    private void setTimer(Context context) {
        if (timed) {
            return;
        }
        timed = true;
        if (options.countsEvery() == null) {
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        } else {
            context.timerService()
                    .registerProcessingTimeTimer(context.timerService().currentProcessingTime()
                            + options.countsEvery().toMillis());
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<RuleStatus> out) {
        if (timestamp == progressAt) {
            progressAt = Long.MIN_VALUE;
            tellProgress(out);
            return;
        }
        timed = false;
        for (RuleTally tally : List.copyOf(tallies.values())) {
            RuleStatus latest = tally.latest();
            boolean tried = trials.hasNews(tally.key());
            if ((tally.changed() || tried) && latest != null) {
                passWithCounts(latest, out);
            }
        }
    }

    private void tell(Collector<RuleStatus> out) {
        long everyoneHas = tasks.everyoneHas();
        List<RuleStatus> done = pending.values().stream()
                .filter(status -> status.revision() <= everyoneHas && backfills.knows(status))
                .sorted(Comparator.comparingLong(RuleStatus::revision).thenComparing(RuleStatus::key))
                .toList();
        for (RuleStatus status : done) {
            if (status.verdict() != Verdict.REMOVED && backfills.awaited(status)) {
                wait(status, out);
                continue;
            }
            pending.remove(status.key());
            // From now on no task speaks of what was before.
            unknown.remove(status.key());
            if (status.verdict() == Verdict.REMOVED) {
                out.collect(status);
                if (options.countsEvery() != null && concernsEverybody(status)) {
                    removed.put(status.key(), status);
                }
            } else {
                pass(backfills.live(status), out);
            }
        }
    }

    /** Says that it waits, and again when reading has got on. */
    private void wait(RuleStatus status, Collector<RuleStatus> out) {
        RuleStatus waiting = backfills.waiting(status);
        if (!waiting.equals(status)) {
            pending.put(status.key(), waiting);
            pass(waiting, out);
        }
    }
}
