package dev.tideline.job.person;

import dev.tideline.job.rules.RuleReport;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.Result;
import dev.tideline.patterns.fact.SegmentChange;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Hosts {@link Person}: gets a user out of state, lets things happen, puts the user back, and arms a timer for what comes
 * next.
 *
 * <p>Owns: per user what {@link PersonSlots} names, per task the rules; what waits is bounded by the events of the out-of-orderness, the rest by
 * the rules · Lifecycle: with the user, until erasure · Never: a person's words, the wall clock.
 */
public final class PersonFunction extends KeyedBroadcastProcessFunction<String, Arrival, RuleRevision, Result>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    /** Alerts, told at once. */
    static final OutputTag<AlertMessage> ALERTS = new OutputTag<>("alerts", TypeInformation.of(AlertMessage.class));

    /** Changes of segments. */
    static final OutputTag<SegmentChange> CHANGES =
            new OutputTag<>("segment-changes", TypeInformation.of(SegmentChange.class));

    /** Staff actions that do not fit their alert. */
    static final OutputTag<DeadLetter> REFUSED = new OutputTag<>("refused", TypeInformation.of(DeadLetter.class));

    /** What this task says of the rules. */
    static final OutputTag<RuleReport> REPORTS = new OutputTag<>("rule-reports", TypeInformation.of(RuleReport.class));

    private final List<RuleRevision> fromTheStart;
    private final PersonOptions options;

    private transient PersonStore store;
    private transient Reports reports;
    private transient RuleState ruleState;
    private transient Turns turns;
    private transient Trials trials;
    private transient Rulebook rulebook;
    private transient boolean rulesChanged;
    private transient ListState<Long> eventTimes;
    private transient long restored;
    private transient long eventTime;
    private transient LateArrivals lateArrivals;

    /**
     * Makes the function.
     *
     * @param fromTheStart accepted rules that hold from before the first event
     */
    public PersonFunction(List<RuleRevision> fromTheStart, PersonOptions options) {
        this.fromTheStart = List.copyOf(fromTheStart);
        this.options = options;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        eventTimes =
                context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>("event-time", Long.class));
        restored = Long.MIN_VALUE;
        for (long time : eventTimes.get()) {
            restored = restored == Long.MIN_VALUE ? time : Math.min(restored, time);
        }
        eventTime = restored;
        ruleState = new RuleState(context, fromTheStart);
        turns = new Turns(context.getOperatorStateStore());
        trials = new Trials(context.getOperatorStateStore(), getRuntimeContext().getTaskInfo());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        eventTimes.update(List.of(eventTime));
        turns.save();
        trials.save();
    }

    @Override
    public void open(OpenContext context) {
        store = new PersonStore(getRuntimeContext());
        TaskInfo task = getRuntimeContext().getTaskInfo();
        reports = new Reports(task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks());
        rulebook = new Rulebook(options);
        rulesChanged = true;
        lateArrivals = new LateArrivals();
    }

    @Override
    public void processElement(Arrival arrival, ReadOnlyContext context, Collector<Result> out) throws Exception {
        long now = now(context.timerService().currentWatermark());
        if (arrival.recalled() != null) {
            Person person = person(context.getCurrentKey(), new Told(context::output, out, reports, null));
            person.recalled(arrival.recalled(), now);
            person.save();
            store.arm(person.wakeAt(), context.timerService());
            return;
        }
        boolean late = now > Long.MIN_VALUE && Timeline.millis(arrival) <= now;
        if (late && arrival.kind() == Arrival.Kind.SESSION) {
            // A session closes when event time comes to its end, never after it. One that does was opened by a late
            // event
            // right after a restore, when the windows did not know yet where event time stood.
            return;
        }
        Instant lateAt = late ? lateArrivals.place(now) : null;
        if (isStored(arrival)) {
            out.collect(Result.seen(arrival, lateAt));
        }
        Arrival kept = withoutSealedText(arrival);
        boolean atOnce = !options.inOrderOnly()
                && (arrival.kind() == Arrival.Kind.PRIVACY || arrival.kind() == Arrival.Kind.ACTION);
        boolean immediate =
                !options.inOrderOnly() && arrival.event() != null && rules().asksAtOnce(arrival.event(), late);
        boolean waits = !late && !atOnce;
        if (!waits || immediate) {
            Person person = person(context.getCurrentKey(), new Told(context::output, out, reports, lateAt));
            onArrival(person, kept, late, immediate, now);
            if (atOnce) {
                person.runTo(now);
            } else if (late) {
                person.late(kept, now);
            }
            keep(person);
            store.arm(person.wakeAt(), context.timerService());
        }
        if (waits) {
            store.await(kept);
            store.arm(Timeline.millis(kept), context.timerService());
        }
    }

    private static void onArrival(Person person, Arrival arrival, boolean late, boolean immediate, long now) {
        if (immediate && arrival.event() != null) {
            person.onArrival(arrival.event(), late, now);
        } else if (arrival.kind() == Arrival.Kind.PRIVACY && arrival.privacy() != null) {
            person.onArrival(arrival.privacy(), now);
        } else if (arrival.kind() == Arrival.Kind.ACTION && arrival.action() != null) {
            person.onArrival(arrival.action(), now);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Result> out) throws Exception {
        long horizon = now(context.timerService().currentWatermark());
        store.disarm(timestamp);
        if (timestamp > horizon) {
            return;
        }
        Person person = person(context.getCurrentKey(), new Told(context::output, out, reports, null));
        person.runTo(horizon);
        keep(person);
        if (horizon < Long.MAX_VALUE) {
            store.rearm(person.wakeAt(), context.timerService());
        }
    }

    @Override
    public void processBroadcastElement(RuleRevision revision, Context context, Collector<Result> out)
            throws Exception {
        if (revision.kind() == RuleRevision.Kind.FILLED) {
            long from = ruleState.fill(revision.number());
            if (from < Long.MAX_VALUE) {
                rulesChanged = true;
                turns.add(Turn.filled(revision.number(), from));
            }
            return;
        }
        if (ruleState.take(revision, turns.settled(now(context.currentWatermark())))) {
            rulesChanged = true;
            if (Turn.concernsEverybody(revision)) {
                turns.add(Turn.of(revision));
            }
        }
        context.output(REPORTS, taken());
    }

    /** Brings the current user to where event time is, if other rules hold there. */
    void bring(String user, long to, Told.SideOutput side, Collector<Result> out, TimerService timers)
            throws Exception {
        Person person = person(user, new Told(side, out, reports, null));
        if (person.isBehind(to)) {
            person.runTo(to);
            keep(person);
            store.arm(person.wakeAt(), timers);
        }
    }

    /** Puts a user back into state, and counts where the user now stands with segments that are tried out. */
    private void keep(Person person) throws Exception {
        person.save();
        if (person.hasMoved()) {
            Slot<Tried> tried = store.tried();
            trials.take(person.user(), person.stands(), tried);
            tried.save();
        }
    }

    /** What trying out segments has come to. */
    Trials trials() {
        return trials;
    }

    /** What this task says of rules. */
    Reports reports() {
        return reports;
    }

    /** What all users are still to be brought to. */
    Turns turns() {
        return turns;
    }

    /** Whether nobody is brought anywhere before the input ends. A history that is replayed has one time for all: its end. */
    boolean waitsForTheEnd() {
        return options.until() < Long.MAX_VALUE;
    }

    /** Up to where event time has really come, of which the end of the input says nothing unless time ends with it. */
    long eventTime(long watermark) {
        long now = now(watermark);
        return now == Long.MAX_VALUE ? eventTime : now;
    }

    /** Says which rules this task has. */
    RuleReport taken() throws Exception {
        return reports.taken(ruleState.revision());
    }

    private Person person(String user, Telling telling) throws Exception {
        return new Person(user, rules(), options, store.slots(), telling);
    }

    /** Event time as far as this task knows; never past the end of time. The end of the input is no time to go on from. */
    private long now(long watermark) {
        if (watermark == Long.MAX_VALUE) {
            return options.until();
        }
        eventTime = Math.max(restored, Math.max(eventTime, watermark));
        return Math.min(eventTime, options.until());
    }

    /** The rules; changes that came one after the other are taken up together, when somebody first asks. */
    private Rulebook rules() throws Exception {
        if (rulesChanged) {
            rulebook.adopt(ruleState.kept(), ruleState.filled());
            rulesChanged = false;
        }
        return rulebook;
    }

    private static boolean isStored(Arrival arrival) {
        return arrival.kind() == Arrival.Kind.EVENT
                || arrival.kind() == Arrival.Kind.PROFILE
                || arrival.kind() == Arrival.Kind.PRIVACY
                || arrival.kind() == Arrival.Kind.ACTION;
    }

    private static Arrival withoutSealedText(Arrival arrival) {
        if (arrival.event() != null) {
            return Arrival.of(arrival.event().withoutSealedText());
        }
        return arrival.profile() != null ? Arrival.of(arrival.profile().sealed(null)) : arrival;
    }
}
