package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * What every function on event time has to do before it can do what it is for: facts wait until the watermark has passed them,
 * and are then taken in the order of time. Late ones are dropped. A user's facts share a timer, for the next watermark. Stock
 * CEP does the same.
 *
 * <p>Owns: the facts that wait, and one value per user, with one timer at a time for what only time changes · Lifecycle: the
 * value goes when nothing is left in it · Never: a match held back.
 *
 * @param <S> what is kept of a user
 */
abstract class InOrder<S> extends KeyedProcessFunction<String, Fact, Long> {
    private static final long serialVersionUID = 1L;

    private transient ListState<Fact> waiting;
    private transient ValueState<Kept<S>> kept;
    private transient TypeSerializer<S> serializer;

    /** How a user's value is written. */
    abstract TypeSerializer<S> serializer();

    /** Whether anybody wants to hear of such facts. */
    abstract boolean concerns(Fact fact);

    /** Takes the next fact in order. */
    abstract void accept(S state, Fact fact, Collector<Long> out);

    /** Lets time pass. */
    abstract void advance(S state, long toMillis, Collector<Long> out);

    /** When time alone changes something; {@link Long#MAX_VALUE} if never. */
    abstract long due(S state);

    /** Whether nothing needs to be kept. */
    abstract boolean isEmpty(S state);

    @Override
    public void open(OpenContext context) throws Exception {
        waiting = getRuntimeContext().getListState(new ListStateDescriptor<>("waiting", Fact.class));
        serializer = serializer();
        kept = getRuntimeContext().getState(new ValueStateDescriptor<>("kept", new KeptSerializer<>(serializer)));
    }

    @Override
    public void processElement(Fact fact, Context context, Collector<Long> out) throws Exception {
        if (concerns(fact) && fact.millis() > context.timerService().currentWatermark()) {
            waiting.add(fact);
            awaitWatermark(context.timerService());
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Long> out) throws Exception {
        long now = context.timerService().currentWatermark();
        List<Fact> ready = ready(now, context.timerService());
        Kept<S> value = kept.value();
        if (value == null) {
            if (ready.isEmpty()) {
                return;
            }
            value = new Kept<>(serializer.createInstance(), Kept.UNARMED);
        }
        for (Fact fact : ready) {
            accept(value.state, fact, out);
        }
        if (value.armed <= now) {
            advance(value.state, now, out);
            value.armed = Kept.UNARMED;
        }
        if (isEmpty(value.state)) {
            kept.clear();
            return;
        }
        arm(value, context.timerService());
        kept.update(value);
    }

    /** One timer at a time, at or before what is due; one that comes too early is set again. */
    private void arm(Kept<S> value, TimerService timers) {
        long due = due(value.state);
        if (due < value.armed) {
            if (value.armed != Kept.UNARMED) {
                timers.deleteEventTimeTimer(value.armed);
            }
            timers.registerEventTimeTimer(due);
            value.armed = due;
        }
    }

    /** The facts that the watermark has passed, in their order; the others wait on. */
    private List<Fact> ready(long now, TimerService timers) throws Exception {
        Iterable<Fact> all = waiting.get();
        if (all == null) {
            return List.of();
        }
        List<Fact> ready = new ArrayList<>(2);
        List<Fact> rest = List.of();
        for (Fact fact : all) {
            if (fact.millis() <= now) {
                ready.add(fact);
            } else {
                rest = rest.isEmpty() ? new ArrayList<>(2) : rest;
                rest.add(fact);
            }
        }
        if (!rest.isEmpty()) {
            awaitWatermark(timers);
        }
        if (!ready.isEmpty()) {
            if (rest.isEmpty()) {
                waiting.clear();
            } else {
                waiting.update(rest);
            }
        }
        if (ready.size() > 1) {
            ready.sort(Comparator.comparingLong(Fact::millis));
        }
        return ready;
    }

    /** However often it is set, it is one timer. */
    private static void awaitWatermark(TimerService timers) {
        timers.registerEventTimeTimer(timers.currentWatermark() + 1);
    }
}
