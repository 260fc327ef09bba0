package dev.tideline.job.person;

import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Result;
import java.util.List;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.SimpleTimerService;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@link PersonFunction}, and does what a function cannot, which may only speak when something comes to one user: says
 * which rules the task has as soon as it starts, and brings all users to rules that changed.
 *
 * <p>Owns: besides the function's, the walk through all users · Lifecycle: with the task · Never: the wall clock, but to
 * measure how long it has been busy.
 */
final class PersonOperator extends CoBroadcastWithKeyedOperator<String, Arrival, RuleRevision, Result>
        implements Sweeps.Host, Told.SideOutput {
    private static final long serialVersionUID = 1L;

    /** What segments that are tried out have come to is told at most so often. */
    private static final long NEWS_MILLIS = 1_000;

    private final PersonFunction function;
    private final Sweeps.Pace pace;
    private transient @Nullable Sweeps sweeps;
    private transient TimerService timers;
    private transient TimestampedCollector<Result> results;
    private transient boolean newsAhead;
    private transient boolean ended;

    PersonOperator(PersonFunction function) {
        this(function, Sweeps.Pace.OF_A_JOB);
    }

    PersonOperator(PersonFunction function, Sweeps.Pace pace) {
        super(function, List.of());
        this.function = function;
        this.pace = pace;
    }

    @Override
    public void open() throws Exception {
        super.open();
        InternalTimerService<VoidNamespace> service =
                getInternalTimerService("user-timers", VoidNamespaceSerializer.INSTANCE, this);
        timers = new SimpleTimerService(service);
        results = new TimestampedCollector<>(output);
        Users users = new Users(getKeyedStateBackend());
        sweeps = new Sweeps(pace, function.turns(), users, getProcessingTimeService(), this);
        output(PersonFunction.REPORTS, function.taken());
        tellFilled();
        look();
    }

    @Override
    public void processElement1(StreamRecord<Arrival> arrival) throws Exception {
        super.processElement1(arrival);
        lookForNews();
    }

    @Override
    public void processElement2(StreamRecord<RuleRevision> revision) throws Exception {
        super.processElement2(revision);
        look();
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        if (watermark.getTimestamp() == Long.MAX_VALUE && sweeps != null) {
            // Whatever comes of it is told before the end is.
            ended = true;
            sweeps.finish();
            tellNews();
        }
        super.processWatermark(watermark);
        look();
    }

    private void look() {
        if (sweeps != null && !ended && !function.waitsForTheEnd()) {
            sweeps.look();
        }
        lookForNews();
    }

    private void lookForNews() {
        if (!newsAhead && function.trials().haveChanged() && !function.waitsForTheEnd()) {
            newsAhead = true;
            ProcessingTimeService clock = getProcessingTimeService();
            clock.registerTimer(clock.getCurrentProcessingTime() + NEWS_MILLIS, time -> tellNews());
        }
    }

    private void tellNews() {
        newsAhead = false;
        function.trials()
                .news()
                .forEach((segment, trial) ->
                        output(PersonFunction.REPORTS, function.reports().tried(segment, trial)));
    }

    @Override
    public void close() throws Exception {
        if (sweeps != null) {
            sweeps.close();
        }
        super.close();
    }

    @Override
    public long now() {
        return function.eventTime(ended ? Long.MAX_VALUE : timers.currentWatermark());
    }

    @Override
    public void bring(String user) throws Exception {
        setCurrentKey(user);
        long now = now();
        results.setAbsoluteTimestamp(now);
        function.bring(user, now, this, results, timers);
    }

    @Override
    public void told(Sweep sweep, boolean through) {
        if (!function.waitsForTheEnd()) {
            output(PersonFunction.REPORTS, function.reports().reached(sweep, through));
        }
        if (sweep.turns().stream().anyMatch(turn -> turn.kind() == RuleRevision.Kind.FILLED) && through) {
            tellFilled();
        }
        lookForNews();
    }

    private void tellFilled() {
        long pass = function.turns().filled();
        if (pass > 0) {
            output(PersonFunction.REPORTS, function.reports().filled(pass));
        }
    }

    @Override
    public <T> void output(OutputTag<T> tag, T value) {
        output.collect(tag, new StreamRecord<>(value));
    }
}
