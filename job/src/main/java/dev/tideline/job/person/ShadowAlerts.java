package dev.tideline.job.person;

import dev.tideline.patterns.alert.AlertDesk;
import dev.tideline.patterns.alert.AlertState;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.StaffAction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that a user would have under a policy that is tried out: counted, and told to nobody. It gets the signals that
 * the policy in force gets; what staff do to the user's alert, they do to the one that would be open.
 *
 * <p>Owns: what {@link AlertState} holds, only while there is such a policy · Lifecycle: from the first signal until the policy
 * is tried no more · Never: a message.
 */
final class ShadowAlerts {
    private final String user;
    private final Slot<ShadowState> slot;
    private final Standing standing;
    private final Telling telling;
    private Epoch.@Nullable Shadow policy;
    private @Nullable AlertState state;
    private boolean read;
    private boolean changed;

    ShadowAlerts(
            String user, Slot<ShadowState> slot, Standing standing, Telling telling, Epoch.@Nullable Shadow policy) {
        this.user = user;
        this.slot = slot;
        this.standing = standing;
        this.telling = telling;
        this.policy = policy;
    }

    private @Nullable AlertState known(Epoch.Shadow tried) {
        if (!read) {
            ShadowState kept = slot.get();
            state = kept == null || !kept.policy().equals(tried.rule().id())
                    ? null
                    : AlertState.fromBytes(user, kept.alerts());
            if (state != null) {
                tried.desk().pass(state, standing.happened());
            }
            read = true;
        }
        return state;
    }

    /** Another policy is tried from the instant on; null = none. */
    void under(Epoch.@Nullable Shadow next, long instant) {
        boolean same = policy == null
                || next == null
                || policy.rule().id().equals(next.rule().id());
        AlertState kept = same && next != null ? known(next) : null;
        policy = next;
        if (next == null || kept == null) {
            forget();
        } else {
            next.desk().pass(kept, instant);
            changed = true;
        }
    }

    void advance(long instant) {
        if (policy == null || (!read && standing.due().shadow() > instant)) {
            return;
        }
        AlertState known = known(policy);
        if (known != null) {
            count(policy.desk().advance(known, instant));
        }
    }

    void signal(Signal signal) {
        if (policy != null) {
            AlertState known = known(policy);
            if (known == null) {
                known = new AlertState(user);
                state = known;
            }
            changed = true;
            count(policy.desk().signal(known, signal));
        }
    }

    void action(StaffAction action) {
        AlertState known = policy == null ? null : known(policy);
        String open = known == null ? null : known.openAlertId();
        if (policy != null && known != null && open != null) {
            StaffAction same = new StaffAction(
                    action.id(),
                    action.user(),
                    open,
                    action.kind(),
                    action.by(),
                    action.at(),
                    action.outcome(),
                    null,
                    null);
            changed = true;
            count(policy.desk().action(known, same).messages());
        }
    }

    void close(Instant at, String reason) {
        AlertState known = policy == null ? null : known(policy);
        if (policy != null && known != null) {
            changed = true;
            count(policy.desk().close(known, at, reason));
        }
    }

    long nextDue() {
        if (policy == null) {
            return Long.MAX_VALUE;
        }
        AlertState known = state;
        if (!read) {
            return standing.due().shadow();
        }
        AlertDesk desk = policy.desk();
        return known == null ? Long.MAX_VALUE : desk.nextDue(known).orElse(Long.MAX_VALUE);
    }

    void forget() {
        state = null;
        read = true;
        changed = true;
    }

    void save() {
        if (changed) {
            slot.set(
                    state == null || policy == null
                            ? null
                            : new ShadowState(policy.rule().id(), state.toBytes()));
            changed = false;
        }
    }

    private void count(List<AlertMessage> messages) {
        for (AlertMessage message : messages) {
            changed = true;
            if (policy != null) {
                telling.counted(policy.rule().header().key(), policy.rule().version(), inWords(message));
            }
        }
    }

    private static String inWords(AlertMessage message) {
        String change = message.change().name().toLowerCase(Locale.ROOT);
        return switch (message.change()) {
            case OPENED, ESCALATED -> change + " " + message.level();
            case UPDATED, RESOLVED, OVERDUE, ACKNOWLEDGED, REOPENED -> change;
        };
    }
}
