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
import org.jspecify.annotations.Nullable;

/**
 * One user's alerts.
 *
 * <p>Owns: what {@link AlertState} holds, bounded by policy · Lifecycle: from the first match to erasure · Never: a person's
 * words.
 */
final class Alerts {
    private final String user;
    private final Slot<byte[]> slot;
    private final Standing standing;
    private AlertDesk desk;
    private @Nullable AlertState state;
    private boolean read;
    private boolean changed;

    Alerts(String user, Slot<byte[]> slot, Standing standing, AlertDesk desk) {
        this.user = user;
        this.slot = slot;
        this.standing = standing;
        this.desk = desk;
    }

    private @Nullable AlertState known() {
        if (!read) {
            byte[] bytes = slot.get();
            state = bytes == null ? null : AlertState.fromBytes(user, bytes);
            if (state != null) {
                desk.pass(state, standing.happened());
            }
            read = true;
        }
        return state;
    }

    private AlertState knownOrNew() {
        AlertState known = known();
        if (known == null) {
            known = new AlertState(user);
            state = known;
        }
        changed = true;
        return known;
    }

    /** Another policy is in force from the instant on. */
    void under(AlertDesk next, long instant) {
        AlertState known = known();
        desk = next;
        if (known != null) {
            desk.pass(known, instant);
            changed = true;
        }
    }

    List<AlertMessage> advance(long instant) {
        if (!read && standing.due().alerts() > instant) {
            return List.of();
        }
        AlertState known = known();
        if (known == null) {
            return List.of();
        }
        List<AlertMessage> messages = desk.advance(known, instant);
        changed = changed || !messages.isEmpty();
        return messages;
    }

    List<AlertMessage> signal(Signal signal, AlertDesk inForce) {
        return inForce.signal(knownOrNew(), signal);
    }

    ActionOutcome action(StaffAction action, AlertDesk inForce) {
        AlertState known = known();
        changed = changed || known != null;
        return inForce.action(known == null ? new AlertState(user) : known, action);
    }

    List<AlertMessage> close(SegmentChange.Reason reason, Instant at) {
        AlertState known = known();
        if (known == null) {
            return List.of();
        }
        changed = true;
        return desk.close(known, at, reason.name().toLowerCase(Locale.ROOT));
    }

    long nextDue() {
        if (!read) {
            return standing.due().alerts();
        }
        return state == null ? Long.MAX_VALUE : desk.nextDue(state).orElse(Long.MAX_VALUE);
    }

    @Nullable
    Level openLevel() {
        AlertState known = known();
        return known == null ? null : known.openLevel();
    }

    void forget() {
        state = null;
        read = true;
        changed = true;
    }

    void save() {
        if (changed) {
            slot.set(state == null ? null : state.toBytes());
            changed = false;
        }
    }
}
