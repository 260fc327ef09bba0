package dev.tideline.job.person;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.sequence.SequenceState;
import java.util.Arrays;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/** One value of Flink state for each of a person's steps, and the one timer. Everything goes by the current key. */
final class PersonStore {
    private final ListState<Arrival> waiting;
    private final ValueState<Long> armed;
    private final ValueState<FactHistory> history;
    private final ValueState<SequenceState> sequences;
    private final ValueState<byte[]> alerts;
    private final ValueState<byte[]> segments;
    private final ValueState<ProfileState> profile;
    private final ValueState<Standing> standing;

    PersonStore(RuntimeContext context) {
        waiting = context.getListState(new ListStateDescriptor<>("timeline", Arrival.class));
        armed = context.getState(new ValueStateDescriptor<>("armed", Long.class));
        history = context.getState(new ValueStateDescriptor<>("facts", FactHistory.class));
        sequences = context.getState(new ValueStateDescriptor<>("detection", SequenceState.serializer()));
        alerts = context.getState(bytes("alerts"));
        segments = context.getState(bytes("segments"));
        profile = context.getState(new ValueStateDescriptor<>("profile", ProfileState.class));
        standing = context.getState(new ValueStateDescriptor<>("standing", Standing.class));
    }

    private static ValueStateDescriptor<byte[]> bytes(String name) {
        return new ValueStateDescriptor<>(name, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }

    /** Lets an arrival wait for its place in order. */
    void await(Arrival arrival) throws Exception {
        waiting.add(arrival);
    }

    PersonState take() throws Exception {
        FactHistory knownHistory = history.value();
        SequenceState knownSequences = sequences.value();
        ProfileState knownProfile = profile.value();
        Standing knownStanding = standing.value();
        Iterable<Arrival> arrivals = waiting.get();
        return new PersonState(
                arrivals == null ? java.util.List.of() : arrivals,
                false,
                knownHistory == null ? FactHistory.empty() : knownHistory,
                knownSequences == null ? new SequenceState() : knownSequences,
                alerts.value(),
                segments.value(),
                knownProfile == null ? ProfileState.empty() : knownProfile,
                knownStanding == null ? Standing.begin() : knownStanding);
    }

    void keep(PersonState state) throws Exception {
        if (state.waitingChanged()) {
            waiting.update(state.rest());
        }
        if (state.history().equals(FactHistory.empty())) {
            history.clear();
        } else {
            history.update(state.history());
        }
        if (state.sequences().isEmpty()) {
            sequences.clear();
        } else {
            sequences.update(state.sequences());
        }
        keep(alerts, state.alerts());
        keep(segments, state.segments());
        if (state.profile().values().isEmpty()) {
            profile.clear();
        } else {
            profile.update(state.profile());
        }
        standing.update(state.standing());
    }

    private static void keep(ValueState<byte[]> slot, byte @Nullable [] bytes) throws Exception {
        if (bytes == null) {
            slot.clear();
        } else if (!Arrays.equals(slot.value(), bytes)) {
            slot.update(bytes);
        }
    }

    /** Sees to it that the timer fires at the instant or before. */
    void arm(long instant, TimerService timers) throws Exception {
        Long already = armed.value();
        if (instant < Long.MAX_VALUE && (already == null || instant < already)) {
            if (already != null) {
                timers.deleteEventTimeTimer(already);
            }
            timers.registerEventTimeTimer(instant);
            armed.update(instant);
        }
    }

    /** The timer has fired. */
    void disarm(long instant) throws Exception {
        Long already = armed.value();
        if (already != null && already == instant) {
            armed.clear();
        }
    }
}
