package dev.tideline.patterns.alert;

import dev.tideline.patterns.fact.AlertMessage.Change;
import dev.tideline.patterns.fact.AlertMessage.Status;
import dev.tideline.patterns.fact.StaffAction;
import org.jspecify.annotations.Nullable;

/**
 * What staff may do about a user's alert. Acknowledging or resolving an alert as it was before it rose says nothing of what it
 * is now, and is refused; so is anything about an alert that another has followed. A note changes nothing but the history:
 * it is told as {@code updated} without a trigger.
 */
final class StaffDesk {
    private static final String FALSE_POSITIVE = "false_positive";

    private final Policy policy;
    private final AlertState state;
    private final StaffAction action;

    private StaffDesk(Policy policy, AlertState state, StaffAction action) {
        this.policy = policy;
        this.state = state;
        this.action = action;
    }

    static ActionOutcome of(Policy policy, AlertState state, StaffAction action) {
        return new StaffDesk(policy, state, action).outcome();
    }

    private ActionOutcome outcome() {
        long number = number();
        if (number < 1 || number > state.count) {
            return ActionOutcome.refused("there is no alert of this id");
        }
        if (state.actions.contains(action.id())) {
            return ActionOutcome.ignored();
        }
        Alert alert = state.alert;
        if (alert == null || alert.number != number) {
            return aboutAnEarlierOne();
        }
        String refusal = refusal(alert);
        if (refusal != null) {
            return ActionOutcome.refused(refusal);
        }
        state.admit(action.id());
        return isSoAlready(alert) ? ActionOutcome.ignored() : ActionOutcome.applied(telling(alert));
    }

    /** An alert that is not the current one any more is resolved for good. */
    private ActionOutcome aboutAnEarlierOne() {
        return action.kind() == StaffAction.Kind.RESOLVE
                ? ActionOutcome.ignored()
                : ActionOutcome.refused("the alert is closed for good, and nothing can be done about it any more");
    }

    private @Nullable String refusal(Alert alert) {
        boolean stale = action.at().toEpochMilli() < alert.knownAt;
        return switch (action.kind()) {
            case ACKNOWLEDGE ->
                !alert.isOpen()
                        ? "the alert is resolved; reopen it first"
                        : stale ? "the alert opened or rose only after that" : null;
            case RESOLVE -> alert.isOpen() && stale ? "the alert opened or rose only after that" : null;
            case REOPEN, NOTE -> null;
        };
    }

    private boolean isSoAlready(Alert alert) {
        return switch (action.kind()) {
            case ACKNOWLEDGE -> alert.status == Status.ACKNOWLEDGED;
            case RESOLVE -> !alert.isOpen();
            case REOPEN -> alert.isOpen();
            case NOTE -> false;
        };
    }

    private dev.tideline.patterns.fact.AlertMessage telling(Alert alert) {
        return new Telling(state, alert).byAction(change(alert), action);
    }

    private Change change(Alert alert) {
        return switch (action.kind()) {
            case ACKNOWLEDGE -> acknowledge(alert);
            case RESOLVE -> resolve(alert);
            case REOPEN -> reopen(alert);
            case NOTE -> Change.UPDATED;
        };
    }

    private Change acknowledge(Alert alert) {
        alert.status = Status.ACKNOWLEDGED;
        alert.acknowledgedAt = action.at().toEpochMilli();
        return Change.ACKNOWLEDGED;
    }

    private Change resolve(Alert alert) {
        alert.status = Status.RESOLVED;
        state.cooldowns.clear();
        if (FALSE_POSITIVE.equals(action.outcome())) {
            state.matches.clear();
        }
        return Change.RESOLVED;
    }

    private Change reopen(Alert alert) {
        long at = action.at().toEpochMilli();
        alert.wake(policy.due(action.at(), alert.level), Math.max(at, state.now), at);
        return Change.REOPENED;
    }

    /** The alert's number; 0 where the id is none of this user's. */
    private long number() {
        String prefix = state.user + "/";
        String id = action.alertId();
        String digits = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
        return digits.matches("[1-9][0-9]{0,17}") ? Long.parseLong(digits) : 0;
    }
}
