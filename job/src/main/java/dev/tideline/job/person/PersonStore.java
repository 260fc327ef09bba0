package dev.tideline.job.person;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.segment.SegmentState;
import dev.tideline.patterns.segment.Shown;
import dev.tideline.patterns.sequence.SequenceState;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.TimerService;

/**
 * One value of Flink state for each of a person's steps, and the timers: one for what comes next, and while that is an arrival
 * also the one that was set before, for what time alone does later: mostly it stays what it was. Everything goes by the
 * current key.
 */
final class PersonStore {
    /** The name of the state that there is of each user. */
    static final String EVERYBODY = "standing";

    private static final int NEXT = 0;
    private static final int LATER = 1;

    private final ListState<Arrival> waiting;
    private final ListState<Shown> shown;
    private final ValueState<CatchUpState> catchUp;
    private final ValueState<long[]> armed;
    private final ValueState<FactHistory> history;
    private final ValueState<SequenceState> sequences;
    private final ValueState<byte[]> alerts;
    private final ValueState<ShadowState> shadow;
    private final ValueState<SegmentState> segments;
    private final ValueState<ProfileState> profile;
    private final ValueState<Standing> standing;
    private final ValueState<Tried> tried;

    PersonStore(RuntimeContext context) {
        waiting = context.getListState(new ListStateDescriptor<>("timeline", Arrival.class));
        shown = context.getListState(new ListStateDescriptor<>("shown", Shown.class));
        catchUp = context.getState(new ValueStateDescriptor<>("catch-up", CatchUpState.class));
        armed = context.getState(
                new ValueStateDescriptor<>("armed", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        history = context.getState(new ValueStateDescriptor<>("facts", FactHistory.class));
        sequences = context.getState(new ValueStateDescriptor<>("detection", SequenceState.serializer()));
        alerts = context.getState(bytes("alerts"));
        shadow = context.getState(new ValueStateDescriptor<>("shadow", ShadowState.class));
        segments = context.getState(new ValueStateDescriptor<>("segments", new SegmentStateSerializer()));
        profile = context.getState(new ValueStateDescriptor<>("profile", ProfileState.class));
        standing = context.getState(new ValueStateDescriptor<>(EVERYBODY, Standing.class));
        tried = context.getState(new ValueStateDescriptor<>("tried", Tried.class));
    }

    private static ValueStateDescriptor<byte[]> bytes(String name) {
        return new ValueStateDescriptor<>(name, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }

    /** Lets an arrival wait for its place in order. */
    void await(Arrival arrival) throws Exception {
        waiting.add(arrival);
    }

    /** What is kept of the current user. */
    PersonSlots slots() {
        return new PersonSlots(
                waiting,
                shown,
                new Slot<>(catchUp),
                new Slot<>(history),
                new Slot<>(sequences),
                new Slot<>(alerts),
                new Slot<>(shadow),
                new Slot<>(segments),
                new Slot<>(profile),
                new Slot<>(standing));
    }

    /** What the current user is counted as where segments are tried out. */
    Slot<Tried> tried() {
        return new Slot<>(tried);
    }

    /** Sees to it that a timer fires at the instant or before. */
    void arm(long instant, TimerService timers) throws Exception {
        long[] set = armed.value();
        if (instant == Long.MAX_VALUE || (set != null && set[NEXT] <= instant)) {
            return;
        }
        timers.registerEventTimeTimer(instant);
        if (set == null) {
            armed.update(new long[] {instant});
            return;
        }
        if (set.length > 1) {
            timers.deleteEventTimeTimer(set[NEXT]);
        }
        armed.update(new long[] {instant, set[set.length - 1]});
    }

    /** A timer has fired. */
    void disarm(long instant) throws Exception {
        long[] set = armed.value();
        if (set == null || set[NEXT] != instant) {
            return;
        }
        if (set.length > 1) {
            armed.update(new long[] {set[LATER]});
        } else {
            armed.clear();
        }
    }

    /** Nothing is to come before the instant: sees to it that a timer fires there, and none before. */
    void rearm(long instant, TimerService timers) throws Exception {
        long[] set = armed.value();
        if (set != null && set[NEXT] < instant) {
            for (long other : set) {
                timers.deleteEventTimeTimer(other);
            }
            armed.clear();
        }
        arm(instant, timers);
    }
}
