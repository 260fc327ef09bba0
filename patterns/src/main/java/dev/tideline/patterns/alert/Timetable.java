package dev.tideline.patterns.alert;

import dev.tideline.patterns.fact.AlertMessage.Change;
import dev.tideline.patterns.fact.AlertMessage.Status;
import dev.tideline.patterns.fact.StaffAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What time alone will do to an open alert, and when. Of one instant staff come first, quiet last. */
final class Timetable {
    private final Policy policy;
    private final @Nullable StaffRoutine routine;

    Timetable(Policy policy, @Nullable StaffRoutine routine) {
        this.policy = policy;
        this.routine = routine;
    }

    /**
     * Something that happens by itself.
     *
     * @param at epoch milliseconds
     * @param action where it is staff's routine that does it
     */
    record Due(long at, Change change, @Nullable StaffAction action) {
        /** This one, unless the other is earlier. */
        static @Nullable Due earlier(@Nullable Due one, @Nullable Due other) {
            return one == null || (other != null && other.at < one.at) ? other : one;
        }
    }

    @Nullable
    Due next(AlertState state) {
        Alert open = state.open();
        if (open == null) {
            return null;
        }
        Due due = acknowledging(state, open);
        due = Due.earlier(due, overdue(open));
        due = Due.earlier(due, resolving(state, open));
        return Due.earlier(due, quiet(state, open));
    }

    private static @Nullable Due overdue(Alert open) {
        boolean waits = open.status == Status.OPEN && !open.overdueTold;
        return waits ? new Due(open.dueAt.toEpochMilli(), Change.OVERDUE, null) : null;
    }

    /** Quiet lasts since the last match, or since somebody reopened the alert; a level may ask for a person before. */
    private @Nullable Due quiet(AlertState state, Alert open) {
        boolean acknowledged = open.status == Status.ACKNOWLEDGED;
        if (!policy.quietResolves(open.level, acknowledged)) {
            return null;
        }
        long quiet = Math.max(state.lastMatchAt, open.wakeAt) + policy.quietMillis();
        boolean byAcknowledging = acknowledged && !policy.quietResolves(open.level, false);
        long at = byAcknowledging ? Math.max(quiet, open.acknowledgedAt) : quiet;
        return new Due(Math.max(at, state.now), Change.RESOLVED, null);
    }

    private @Nullable Due acknowledging(AlertState state, Alert open) {
        if (routine == null || open.status != Status.OPEN) {
            return null;
        }
        return act(state, open, StaffAction.Kind.ACKNOWLEDGE, open.wakeAt + routine.acknowledgeAfterMillis());
    }

    private @Nullable Due resolving(AlertState state, Alert open) {
        if (routine == null) {
            return null;
        }
        long last = Math.max(open.lastSignalAt, open.wakeAt);
        return act(state, open, StaffAction.Kind.RESOLVE, last + routine.resolveAfterMillis());
    }

    private static Due act(AlertState state, Alert open, StaffAction.Kind kind, long planned) {
        long at = Math.max(planned, state.now);
        String alertId = state.id(open);
        String id = UUID.nameUUIDFromBytes(
                        (StaffRoutine.BY + "|" + alertId + "|" + kind + "|" + planned).getBytes(StandardCharsets.UTF_8))
                .toString();
        Change change = kind == StaffAction.Kind.RESOLVE ? Change.RESOLVED : Change.ACKNOWLEDGED;
        return new Due(
                at,
                change,
                new StaffAction(
                        id, state.user, alertId, kind, StaffRoutine.BY, Instant.ofEpochMilli(at), null, null, null));
    }
}
