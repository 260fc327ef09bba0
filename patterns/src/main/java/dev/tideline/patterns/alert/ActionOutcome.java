package dev.tideline.patterns.alert;

import dev.tideline.patterns.fact.AlertMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a staff action.
 *
 * @param messages what it changed; empty unless it was applied
 * @param refusal why it was refused, for a dead letter with reason {@code BAD_ACTION}; null where it was not
 */
public record ActionOutcome(
        Kind kind, List<AlertMessage> messages, @Nullable String refusal) {
    /** The ways an action can end. */
    public enum Kind {
        APPLIED,
        /** It was there before, or what it asks for is so already. */
        IGNORED,
        REFUSED
    }

    static ActionOutcome applied(AlertMessage message) {
        return new ActionOutcome(Kind.APPLIED, List.of(message), null);
    }

    static ActionOutcome ignored() {
        return new ActionOutcome(Kind.IGNORED, List.of(), null);
    }

    static ActionOutcome refused(String why) {
        return new ActionOutcome(Kind.REFUSED, List.of(), why);
    }
}
