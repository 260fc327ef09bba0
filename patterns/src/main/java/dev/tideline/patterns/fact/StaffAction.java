package dev.tideline.patterns.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a support person did about an alert.
 *
 * @param alertId {@code <user>/<n>}
 * @param outcome {@code true_positive}, {@code false_positive} or {@code unclear}
 * @param note free words, until the gate has encrypted them
 * @param sealedNote base64 of the encrypted note
 */
public record StaffAction(
        String id,
        String user,
        String alertId,
        Kind kind,
        String by,
        Instant at,
        @Nullable String outcome,
        @Nullable String note,
        @Nullable String sealedNote) {

    /** The same action with its note as ciphertext only. */
    public StaffAction sealed(@Nullable String ciphertext) {
        return new StaffAction(id, user, alertId, kind, by, at, outcome, null, ciphertext);
    }

    /** What can be done about an alert. */
    public enum Kind {
        ACKNOWLEDGE,
        RESOLVE,
        REOPEN,
        NOTE
    }
}
