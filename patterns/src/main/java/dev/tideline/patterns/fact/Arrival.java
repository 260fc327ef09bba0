package dev.tideline.patterns.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whatever comes down the one way through the job: exactly the field that {@code kind} names is set.
 *
 * @param user the key; empty for rules and for what was refused
 * @param at its event time
 */
public record Arrival(
        Kind kind,
        String user,
        Instant at,
        @Nullable Event event,
        @Nullable ProfilePatch profile,
        @Nullable PrivacyRequest privacy,
        @Nullable StaffAction action,
        @Nullable RuleRecord rule,
        @Nullable SessionFact session,
        @Nullable DeadLetter refused,
        @Nullable Recalled recalled) {

    /** What it is. */
    public enum Kind {
        EVENT,
        PROFILE,
        PRIVACY,
        ACTION,
        RULE,
        SESSION,
        REFUSED,
        RECALLED
    }

    public static Arrival of(Event event) {
        return new Arrival(Kind.EVENT, event.user(), event.at(), event, null, null, null, null, null, null, null);
    }

    public static Arrival of(ProfilePatch profile) {
        return new Arrival(
                Kind.PROFILE, profile.user(), profile.at(), null, profile, null, null, null, null, null, null);
    }

    public static Arrival of(PrivacyRequest privacy) {
        return new Arrival(
                Kind.PRIVACY, privacy.user(), privacy.at(), null, null, privacy, null, null, null, null, null);
    }

    public static Arrival of(StaffAction action) {
        return new Arrival(Kind.ACTION, action.user(), action.at(), null, null, null, action, null, null, null, null);
    }

    public static Arrival of(RuleRecord rule) {
        return new Arrival(Kind.RULE, "", rule.at(), null, null, null, null, rule, null, null, null);
    }

    public static Arrival of(DeadLetter refused) {
        return new Arrival(Kind.REFUSED, "", refused.receivedAt(), null, null, null, null, null, null, refused, null);
    }

    /** A session that ended; its fact's time is when the gap closed it. */
    public static Arrival of(String user, Instant at, SessionFact session) {
        return new Arrival(Kind.SESSION, user, at, null, null, null, null, null, session, null, null);
    }

    /** Something that was kept of the user's past; its time is where the user's time stood when it was taken. */
    public static Arrival of(String user, Recalled recalled) {
        Instant at = Instant.ofEpochMilli(recalled.takenAtMillis());
        return new Arrival(Kind.RECALLED, user, at, null, null, null, null, null, null, null, recalled);
    }
}
