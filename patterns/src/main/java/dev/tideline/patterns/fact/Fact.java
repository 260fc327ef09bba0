package dev.tideline.patterns.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that rules may ask about: an event of the platform, or a fact derived from such events.
 *
 * @param kind the event type, or a derived fact's name: see {@link Derived}
 * @param id the event's id; of a derived fact the id of the event it stands for ({@code text}, {@code survey}), or a name
 *     made of kind and time
 * @param user the pseudonymous user
 * @param at the fact's time
 * @param context the event's context as JSON without text; null if it has none
 * @param late whether event time had passed it when it arrived
 * @param arrivedAt when what caused it arrived
 */
public record Fact(
        String kind,
        String id,
        String user,
        Instant at,
        @Nullable String context,
        @Nullable TextFact text,
        @Nullable SessionFact session,
        @Nullable MoodFact mood,
        @Nullable SurveyFact survey,
        @Nullable QuietFact quiet,
        @Nullable WeekFact week,
        boolean late,
        Instant arrivedAt) {

    /** The names of derived facts; no event type may bear one. */
    public static final class Derived {
        public static final String SESSION = "session";
        public static final String TEXT = "text";
        public static final String MOOD_DAY = "mood_day";
        public static final String SURVEY = "survey";
        public static final String QUIET = "quiet";
        public static final String WEEK = "week";
        public static final java.util.Set<String> NAMES =
                java.util.Set.of(SESSION, TEXT, MOOD_DAY, SURVEY, QUIET, WEEK);

        /** Those that stand for no event by itself. */
        private static final java.util.Set<String> MADE_BY_TIME = java.util.Set.of(SESSION, MOOD_DAY, QUIET, WEEK);

        private Derived() {}
    }

    /** The event as a fact: what it said, and its mood where it logged one. */
    public static Fact ofEvent(Event event, @Nullable MoodFact mood, boolean late) {
        return new Fact(
                event.type(),
                event.id(),
                event.user(),
                event.at(),
                event.context(),
                null,
                null,
                mood,
                null,
                null,
                null,
                late,
                event.arrivedAt());
    }

    /** The text fact that follows an event. */
    public static Fact ofText(Event event, TextFact text, boolean late) {
        return new Fact(
                Derived.TEXT,
                event.id(),
                event.user(),
                event.at(),
                null,
                text,
                null,
                null,
                null,
                null,
                null,
                late,
                event.arrivedAt());
    }

    /** The survey fact that follows an event. */
    public static Fact ofSurvey(Event event, SurveyFact survey, boolean late) {
        return new Fact(
                Derived.SURVEY,
                event.id(),
                event.user(),
                event.at(),
                null,
                null,
                null,
                null,
                survey,
                null,
                null,
                late,
                event.arrivedAt());
    }

    /** A session's fact, at the given time. */
    public static Fact ofSession(String user, Instant at, SessionFact session, boolean late) {
        return new Fact(
                Derived.SESSION,
                Derived.SESSION + ":" + session.start().toEpochMilli(),
                user,
                at,
                null,
                null,
                session,
                null,
                null,
                null,
                null,
                late,
                at);
    }

    /** The event that the fact is, or stands for; null where time made it. */
    public @Nullable String eventId() {
        return Derived.MADE_BY_TIME.contains(kind) ? null : id;
    }

    /** Event time in whole milliseconds: what all evaluation goes by. */
    public long millis() {
        return at.toEpochMilli();
    }
}
