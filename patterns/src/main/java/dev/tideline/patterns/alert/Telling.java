package dev.tideline.patterns.alert;

import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.AlertMessage.Change;
import dev.tideline.patterns.fact.Fingerprint;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.StaffAction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the message of a change that has just been made to an alert.
 *
 * <p>A message's id says which alert, what happened to it, the level it then had, and the cause: the signal's pattern,
 * version and events, the action, or the instant at which time did it. The same change told again has the same id; no
 * counter is in it.
 */
final class Telling {
    private final AlertState state;
    private final Alert alert;

    Telling(AlertState state, Alert alert) {
        this.state = state;
        this.alert = alert;
    }

    /** @param trigger the signals that caused it, first the one that just came */
    AlertMessage bySignal(Change change, List<Signal> trigger) {
        Signal signal = trigger.get(0);
        String cause = Fingerprint.hex(
                signal.pattern(),
                signal.version(),
                String.join(",", signal.evidence().events()));
        return message(change, signal.at(), cause, trigger, null, null);
    }

    AlertMessage byAction(Change change, StaffAction action) {
        String reason = change == Change.RESOLVED ? "staff" : null;
        return message(change, action.at(), action.id(), List.of(), reason, action);
    }

    AlertMessage byTime(Change change, Instant at, @Nullable String reason) {
        return message(change, at, at.toString(), List.of(), reason, null);
    }

    private AlertMessage message(
            Change change,
            Instant at,
            String cause,
            List<Signal> trigger,
            @Nullable String reason,
            @Nullable StaffAction action) {
        alert.revision++;
        return new AlertMessage(
                Fingerprint.hex(state.id(alert), change, alert.level, cause),
                change,
                state.user,
                state.id(alert),
                at,
                alert.revision,
                alert.level,
                alert.status,
                alert.openedAt,
                alert.dueAt,
                List.copyOf(alert.signals),
                alert.signalsTotal,
                List.copyOf(trigger),
                Summary.of(alert),
                reason,
                action);
    }
}
