package dev.tideline.job.person;

import dev.tideline.patterns.alert.ActionOutcome;
import dev.tideline.patterns.alert.AlertDesk;
import dev.tideline.patterns.alert.AlertState;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.StaffAction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One user's alerts.
 *
 * <p>Owns: what {@link AlertState} holds, bounded by policy · Lifecycle: from the first match to erasure · Never: a person's
 * words.
 */
final class Alerts {
    private final AlertDesk desk;
    private final String user;
    private AlertState state;
    private boolean known;

    Alerts(String user, AlertDesk desk, byte @Nullable [] bytes) {
        this.user = user;
        this.desk = desk;
        known = bytes != null;
        state = bytes == null ? new AlertState(user) : AlertState.fromBytes(user, bytes);
    }

    List<AlertMessage> advance(long instant) {
        return known ? desk.advance(state, instant) : List.of();
    }

    List<AlertMessage> signal(Signal signal) {
        known = true;
        return desk.signal(state, signal);
    }

    List<AlertMessage> action(StaffAction action, Telling telling) {
        ActionOutcome outcome = desk.action(state, action);
        if (outcome.refusal() != null) {
            telling.refused(action, outcome.refusal());
        }
        return outcome.messages();
    }

    List<AlertMessage> close(SegmentChange.Reason reason, Instant at) {
        return desk.close(state, at, reason.name().toLowerCase(Locale.ROOT));
    }

    OptionalLong nextDue() {
        return known ? desk.nextDue(state) : OptionalLong.empty();
    }

    @Nullable
    Level openLevel() {
        return state.openLevel();
    }

    void forget() {
        state = new AlertState(user);
        known = false;
    }

    byte @Nullable [] bytes() {
        return known ? state.toBytes() : null;
    }
}
