package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.TextFact;
import dev.tideline.patterns.fact.UserProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts of one user, for tests. */
final class Facts {
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    static final String USER = "8f14e45f-0000-4000-8000-000000000001";

    private Facts() {}

    static Fact event(String type, @Nullable String context) {
        return new Fact(type, "event", USER, NOON, context, null, null, null, null, null, null, false, NOON);
    }

    static Fact mood(double level) {
        return new Fact(
                "mood_day",
                "mood",
                USER,
                NOON,
                null,
                null,
                null,
                MoodFact.ofLog(level, 1),
                null,
                null,
                null,
                false,
                NOON);
    }

    static Fact session(Duration length, long events, @Nullable Double moodMean) {
        SessionFact session = new SessionFact(
                NOON,
                NOON.plus(length),
                events,
                events,
                0,
                moodMean,
                moodMean,
                moodMean == null ? 0 : 1,
                null,
                null,
                0,
                0);
        return Fact.ofSession(USER, NOON.plus(length).plus(Duration.ofMinutes(30)), session, false);
    }

    static Fact text(@Nullable Integer sentiment, @Nullable Double rating) {
        TextFact text = new TextFact(
                "feedback",
                sentiment,
                sentiment == null ? List.of() : List.of(0.1, 0.6, 0.1, 0.1, 0.1),
                sentiment != null,
                2,
                "none",
                "none",
                "unclear",
                false,
                "now",
                List.of(),
                rating,
                "test");
        return new Fact("text", "text", USER, NOON, null, text, null, null, null, null, null, false, NOON);
    }

    static Fact survey(int item9, @Nullable Integer previousItem9) {
        SurveyFact survey = new SurveyFact(
                "PHQ-9", 16.0, List.of(2.0, 2.0), "moderately_severe", null, null, null, item9, previousItem9);
        return new Fact("survey", "survey", USER, NOON, null, null, null, null, survey, null, null, false, NOON);
    }

    static UserProfile user(String accountType, Map<String, String> properties) {
        return new UserProfile(accountType, "2026-01-31", "active", "{\"country\":\"FR\",\"age\":41}", properties);
    }

    /** A fact inside a sequence. */
    record InSequence(Fact fact, @Nullable Fact previous, Map<String, Fact> steps) implements Scope {
        @Override
        public UserProfile user() {
            return UserProfile.UNKNOWN;
        }

        @Override
        public @Nullable Fact step(String name) {
            return steps.get(name);
        }
    }
}
