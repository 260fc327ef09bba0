package dev.tideline.patterns.alert;

import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.AlertMessage.Change;
import dev.tideline.patterns.fact.AlertMessage.Status;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.StaffAction;
import dev.tideline.patterns.rule.PolicyRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The life of a user's alerts: at most one is open. One desk serves all users of one policy; immutable, safe for many threads.
 *
 * <p>Signals of both lanes and staff actions are taken as they come, and none of them moves time; {@link #advance} does, for
 * the ordered lane, and lets happen what only time causes. An alert's level never falls. When it rises it is due anew, counted
 * from the signal that raised it, and waits to be acknowledged even if it was before. A match that a cooldown holds back tells
 * nothing, but counts for the policy and against quiet; a supporting one does too, also while no alert is open.
 */
public final class AlertDesk {
    private final Policy policy;
    private final Timetable timetable;

    /**
     * @param policy the live policy; null = the shipped one's numbers
     * @param routine what staff do where nobody records it; null = nothing
     */
    public AlertDesk(@Nullable PolicyRule policy, @Nullable StaffRoutine routine) {
        this.policy = new Policy(policy);
        this.timetable = new Timetable(this.policy, routine);
    }

    /** Lets happen, each at its instant, what time alone brings up to and at {@code through} (epoch milliseconds). */
    public List<AlertMessage> advance(AlertState state, long through) {
        List<AlertMessage> messages = new ArrayList<>();
        for (Timetable.Due due = timetable.next(state);
                due != null && due.at() <= through;
                due = timetable.next(state)) {
            state.now = Math.max(state.now, due.at());
            StaffAction action = due.action();
            messages.addAll(
                    action == null ? fallDue(state, due) : action(state, action).messages());
        }
        state.now = Math.max(state.now, through);
        return messages;
    }

    /**
     * The ordered lane has got to the instant. What this desk is then late with, because it takes the place of another that
     * was not, happens at the instant.
     *
     * @param at epoch milliseconds
     */
    public void pass(AlertState state, long at) {
        state.now = Math.max(state.now, at);
    }

    /** The earliest instant at which {@link #advance} would do something. */
    public OptionalLong nextDue(AlertState state) {
        Timetable.Due due = timetable.next(state);
        return due == null ? OptionalLong.empty() : OptionalLong.of(due.at());
    }

    /** Takes a match. The very same match again, not at a higher level, is nothing new and does nothing. */
    public List<AlertMessage> signal(AlertState state, Signal signal) {
        if (state.knows(signal)) {
            return List.of();
        }
        List<Signal> matches = new ArrayList<>(state.matches);
        matches.add(signal);
        Policy.Raise raise = policy.raise(matches, signal);
        state.remember(signal, policy.horizonMillis());
        Alert open = state.open();
        if (open == null) {
            return signal.supporting() ? List.of() : List.of(opened(state, raise));
        } else if (raise.to().compareTo(open.level) > 0) {
            return List.of(escalated(state, open, raise));
        }
        return state.holdsBack(signal) ? List.of() : List.of(updated(state, open, signal));
    }

    /** Takes a staff action. One that makes no sense is refused, one that changes nothing is ignored. */
    public ActionOutcome action(AlertState state, StaffAction action) {
        return StaffDesk.of(policy, state, action);
    }

    /**
     * Ends what is open because the user may not be watched any more, and forgets the matches.
     *
     * @param reason {@code consent} or {@code erasure}
     */
    public List<AlertMessage> close(AlertState state, Instant at, String reason) {
        Alert open = state.open();
        state.matches.clear();
        state.cooldowns.clear();
        state.lastMatchAt = Long.MIN_VALUE;
        state.lastSignalLevel = null;
        state.lastSignalAt = null;
        state.alert = null;
        if (open == null) {
            return List.of();
        }
        open.status = Status.RESOLVED;
        return List.of(new Telling(state, open).byTime(Change.RESOLVED, at, reason));
    }

    private List<AlertMessage> fallDue(AlertState state, Timetable.Due due) {
        Alert open = state.open();
        if (open == null) {
            throw new IllegalStateException("nothing is open, yet something is due at " + due.at());
        }
        if (due.change() == Change.OVERDUE) {
            open.overdueTold = true;
            return List.of(new Telling(state, open).byTime(Change.OVERDUE, open.dueAt, null));
        }
        open.status = Status.RESOLVED;
        state.cooldowns.clear();
        return List.of(new Telling(state, open).byTime(Change.RESOLVED, Instant.ofEpochMilli(due.at()), "quiet"));
    }

    private AlertMessage opened(AlertState state, Policy.Raise raise) {
        Signal opener = raise.because().get(0);
        state.count++;
        Alert alert = new Alert(state.count, opener.at(), raise.to(), policy.due(opener, raise.to()));
        state.alert = alert;
        wake(state, alert, opener);
        join(state, alert, raise.because());
        return new Telling(state, alert).bySignal(Change.OPENED, raise.because());
    }

    private AlertMessage escalated(AlertState state, Alert open, Policy.Raise raise) {
        open.level = raise.to();
        wake(state, open, raise.because().get(0));
        join(state, open, raise.because());
        return new Telling(state, open).bySignal(Change.ESCALATED, raise.because());
    }

    private static AlertMessage updated(AlertState state, Alert open, Signal signal) {
        join(state, open, List.of(signal));
        return new Telling(state, open).bySignal(Change.UPDATED, List.of(signal));
    }

    private void wake(AlertState state, Alert alert, Signal signal) {
        long at = signal.at().toEpochMilli();
        long known = Math.min(at, signal.arrivedAt().toEpochMilli());
        alert.wake(policy.due(signal, alert.level), Math.max(at, state.now), known);
    }

    /** Puts the trigger's signals into the alert; the first is the one that just came. */
    private static void join(AlertState state, Alert alert, List<Signal> trigger) {
        Signal signal = trigger.get(0);
        trigger.forEach(alert::join);
        if (!state.holdsBack(signal)) {
            state.cool(signal);
        }
        long at = signal.at().toEpochMilli();
        alert.lastSignalAt = Math.max(alert.lastSignalAt, Math.max(at, state.now));
        if (state.lastSignalAt == null || !signal.at().isBefore(state.lastSignalAt)) {
            state.lastSignalAt = signal.at();
            state.lastSignalLevel = signal.level();
        }
    }
}
