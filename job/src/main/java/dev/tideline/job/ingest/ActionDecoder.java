package dev.tideline.job.ingest;

import dev.tideline.patterns.fact.DeadLetter.Reason;
import dev.tideline.patterns.fact.StaffAction;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decodes staff actions. A record whose form holds but whose meaning does not is {@code BAD_ACTION}. */
final class ActionDecoder {
    private static final Set<String> OUTCOMES = Set.of("true_positive", "false_positive", "unclear");
    private static final Pattern COUNT = Pattern.compile("/[1-9][0-9]{0,17}");

    private ActionDecoder() {}

    static StaffAction decode(byte[] value, StrictReader reader) throws RefusedException {
        Document document = Document.read(value, reader);
        try {
            return action(document);
        } catch (RefusedException refused) {
            throw refused.as(Reason.BAD_ACTION);
        }
    }

    private static StaffAction action(Document document) throws RefusedException {
        String id = document.uuid("action_id");
        String alert = document.string("alert_id");
        String user = userOf(alert);
        if (user == null) {
            throw document.refusal(Reason.BAD_VALUE, "alert_id", "must be a user's UUID, a slash and a number from 1");
        }
        StaffAction.Kind kind = kind(document);
        String by = document.string("by");
        if (by.isBlank()) {
            throw document.refusal(Reason.BAD_VALUE, "by", "must say who");
        }
        Instant at = document.timestamp("at");
        String outcome = document.optionalOneOf("outcome", OUTCOMES);
        String note = document.optionalString("note");
        return new StaffAction(id, user, user + alert.substring(UuidText.LENGTH), kind, by, at, outcome, note, null);
    }

    private static @Nullable String userOf(String alert) {
        if (alert.length() <= UuidText.LENGTH) {
            return null;
        }
        boolean counted = COUNT.matcher(alert.substring(UuidText.LENGTH)).matches();
        return counted ? UuidText.parse(alert.substring(0, UuidText.LENGTH)) : null;
    }

    private static StaffAction.Kind kind(Document document) throws RefusedException {
        return switch (document.string("action")) {
            case "acknowledge" -> StaffAction.Kind.ACKNOWLEDGE;
            case "resolve" -> StaffAction.Kind.RESOLVE;
            case "reopen" -> StaffAction.Kind.REOPEN;
            case "note" -> StaffAction.Kind.NOTE;
            default ->
                throw document.refusal(Reason.BAD_VALUE, "action", "must be acknowledge, resolve, reopen or note");
        };
    }
}
