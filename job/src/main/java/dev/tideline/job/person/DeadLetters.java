package dev.tideline.job.person;

import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.StaffAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Dead letters for staff actions that were well formed, but do not fit the alert that they name. */
final class DeadLetters {
    private DeadLetters() {}

    /** The record's own place and bytes are no longer known here: the hash is of the action's id. */
    static DeadLetter badAction(StaffAction action, String reason) {
        return new DeadLetter(
                DeadLetter.Reason.BAD_ACTION,
                reason,
                "/alert_id",
                "alert-actions",
                -1,
                -1,
                action.alertId(),
                action.at(),
                hash(action.id()),
                null);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
