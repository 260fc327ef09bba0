package dev.tideline.job.ingest;

import dev.tideline.job.privacy.DataKeys;
import dev.tideline.job.privacy.NewDataKey;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.StaffAction;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * One user's gate: knows what the user allows, encrypts what identifies them or what they wrote, and forgets them when
 * asked to.
 *
 * <ul>
 *   <li>Consent takes effect on arrival. A request that is older than the one on record changes nothing and ends here.
 *   <li>Each event is stamped with the purposes that are allowed when it arrives. Its words are encrypted in any case; they
 *       go on in the clear, to be scored, only where {@code text_analysis} is allowed.
 *   <li>After an erasure, whatever arrives with a time at or before the request's is dropped and counted; what the user does
 *       later is a new beginning, under a new key and with no consent on record.
 * </ul>
 *
 * <p>Owns: one {@link UserGate} per user, about 300 bytes. Lifecycle: from the user's first consent, erasure, text or pii,
 * for good; an erasure clears all of it but its own instant. Never: lets words or pii pass in the clear to anything but
 * scoring.
 */
final class Gate extends KeyedProcessFunction<String, Arrival, Arrival> {
    private static final long serialVersionUID = 1L;

    static final OutputTag<NewDataKey> KEYS = new OutputTag<>("data-keys", TypeInformation.of(NewDataKey.class));

    private final List<Purpose> byDefault;
    private final @Nullable DataKeys keys;

    @SuppressWarnings("NullAway.Init") // by open
    private transient ValueState<UserGate> state;

    @SuppressWarnings("NullAway.Init") // by open
    private transient Counter erased;

    @SuppressWarnings("NullAway.Init") // by open
    private transient Counter outdated;

    /**
     * @param byDefault the purposes of a user without consent on record
     * @param keys null to drop what would be encrypted
     */
    Gate(List<Purpose> byDefault, @Nullable DataKeys keys) {
        this.byDefault = List.copyOf(byDefault);
        this.keys = keys;
    }

    @Override
    public void open(OpenContext context) {
        state = getRuntimeContext().getState(new ValueStateDescriptor<>("gate", TypeInformation.of(UserGate.class)));
        erased = getRuntimeContext().getMetricGroup().counter("droppedAfterErasure");
        outdated = getRuntimeContext().getMetricGroup().counter("outdatedPrivacyRequests");
    }

    @Override
    public void processElement(Arrival arrival, Context context, Collector<Arrival> out) throws Exception {
        UserGate stored = state.value();
        UserGate gate = stored == null ? UserGate.NEW : stored;
        if (arrival.kind() == Arrival.Kind.PRIVACY) {
            privacy(arrival, gate, out);
        } else if (gate.isErased(arrival.at())) {
            erased.inc();
        } else {
            out.collect(sealed(arrival, gate, context));
        }
    }

    private void privacy(Arrival arrival, UserGate gate, Collector<Arrival> out) throws Exception {
        PrivacyRequest request = Objects.requireNonNull(arrival.privacy());
        if (gate.isOutdated(request)) {
            outdated.inc();
            return;
        }
        state.update(gate.after(request));
        out.collect(arrival);
    }

    private Arrival sealed(Arrival arrival, UserGate gate, Context context) throws Exception {
        return switch (arrival.kind()) {
            case EVENT -> Arrival.of(event(Objects.requireNonNull(arrival.event()), gate, context));
            case PROFILE -> {
                ProfilePatch patch = Objects.requireNonNull(arrival.profile());
                yield Arrival.of(patch.sealed(seal(patch.pii(), arrival, gate, context)));
            }
            case ACTION -> {
                StaffAction action = Objects.requireNonNull(arrival.action());
                yield Arrival.of(action.sealed(seal(action.note(), arrival, gate, context)));
            }
            case PRIVACY, RULE, SESSION, REFUSED, RECALLED ->
                throw new IllegalStateException("does not come to the gate: " + arrival.kind());
        };
    }

    private Event event(Event event, UserGate gate, Context context) throws Exception {
        List<Purpose> purposes = gate.purposes(byDefault);
        Event gated = event.gated(purposes, seal(event.text(), Arrival.of(event), gate, context));
        return purposes.contains(Purpose.TEXT_ANALYSIS) ? gated : gated.scored(null);
    }

    private @Nullable String seal(@Nullable String plain, Arrival arrival, UserGate gate, Context context)
            throws Exception {
        if (plain == null || keys == null) {
            return null;
        }
        String wrapped = gate.wrappedKey();
        if (wrapped == null) {
            wrapped = keys.create(arrival.user());
            state.update(gate.withKey(wrapped));
            context.output(KEYS, new NewDataKey(arrival.user(), keys.keyId(wrapped), wrapped, arrival.at()));
        }
        return keys.seal(wrapped, arrival.user(), plain);
    }
}
