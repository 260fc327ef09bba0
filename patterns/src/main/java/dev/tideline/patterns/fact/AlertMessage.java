package dev.tideline.patterns.fact;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change in a user's alert, as support staff are told of it.
 *
 * @param id hash of alert, change and cause, so that a reader can drop repeats
 * @param alertId {@code <user>/<n>}
 * @param at the instant of the change
 * @param revision counts the alert's changes, from 1
 * @param signals the opener, the highest and the newest, at most 50
 * @param signalsTotal how many there were in all
 * @param trigger the signals that caused this message
 * @param summary one sentence for a person, without any of the user's words
 * @param reason why it was resolved: {@code staff}, {@code quiet}, {@code consent} or {@code erasure}; else null
 * @param action the staff action behind it, if any
 */
public record AlertMessage(
        String id,
        Change change,
        String user,
        String alertId,
        Instant at,
        long revision,
        Level level,
        Status status,
        Instant openedAt,
        Instant dueAt,
        List<Signal> signals,
        long signalsTotal,
        List<Signal> trigger,
        String summary,
        @Nullable String reason,
        @Nullable StaffAction action) {

    /** What happened to the alert; the last part of the CloudEvents type. */
    public enum Change {
        OPENED,
        UPDATED,
        ESCALATED,
        ACKNOWLEDGED,
        OVERDUE,
        RESOLVED,
        REOPENED;

        /** The CloudEvents type, such as {@code tideline.alert.opened}. */
        public String type() {
            return "tideline.alert." + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Where the alert stands. */
    public enum Status {
        OPEN,
        ACKNOWLEDGED,
        RESOLVED
    }
}
