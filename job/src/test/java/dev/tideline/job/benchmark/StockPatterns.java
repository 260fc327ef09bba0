package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.TextFact;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/** {@link TenPatterns} as stock CEP takes them: conditions in plain Java, known when the job is built. */
final class StockPatterns {
    private static final double MARGIN = 0.1;

    private StockPatterns() {}

    /** Three falling moods within 14 days. */
    static Asked falling() {
        return asked(
                "falling",
                14,
                Pattern.<Fact>begin("first")
                        .where(on("emotion_logged", fact -> true))
                        .next("second")
                        .where(falls("first"))
                        .next("third")
                        .where(falls("second")),
                "emotion_logged");
    }

    /** All ten. */
    static List<Asked> all() {
        return List.of(
                falling(),
                single("floor", "log", "emotion_logged", fact -> lowest(fact) >= 3),
                lowThenNegative(),
                single("item9", "answered", "survey", fact -> item9(Objects.requireNonNull(fact.survey()))),
                asked(
                        "negative_texts",
                        1,
                        Pattern.<Fact>begin("negative")
                                .where(on("text", fact -> text(fact).negative()))
                                .times(3),
                        "text"),
                noRecovery(),
                fallingSessions(),
                asked(
                        "short_sessions",
                        2,
                        Pattern.<Fact>begin("glance")
                                .where(on("session", fact -> session(fact).events() <= 1))
                                .times(3),
                        "session"),
                single("crisis", "said", "text", fact -> crisis(text(fact))),
                downhill());
    }

    private static Asked lowThenNegative() {
        return asked(
                "low_then_negative",
                1,
                Pattern.<Fact>begin("low")
                        .where(on("emotion_logged", fact -> level(fact) <= 0.2))
                        .followedBy("negative")
                        .where(on("text", fact -> text(fact).negative())),
                "emotion_logged",
                "text");
    }

    private static Asked noRecovery() {
        return asked(
                "no_recovery",
                3,
                Pattern.<Fact>begin("low")
                        .where(on("emotion_logged", fact -> level(fact) <= 0.1))
                        .notFollowedBy("better")
                        .where(on("emotion_logged", fact -> level(fact) > 0.3)),
                "emotion_logged");
    }

    private static Asked fallingSessions() {
        return asked(
                "falling_sessions",
                14,
                Pattern.<Fact>begin("first")
                        .where(on("session", fact -> session(fact).moodLogs() > 0))
                        .next("second")
                        .where(sessionFalls("first"))
                        .next("third")
                        .where(sessionFalls("second")),
                "session");
    }

    private static Asked downhill() {
        return asked(
                "downhill",
                3,
                Pattern.<Fact>begin("rated")
                        .where(on("text", fact -> badRating(text(fact))))
                        .followedBy("low")
                        .where(on("emotion_logged", fact -> level(fact) < 0.3))
                        .followedBy("negative")
                        .where(on("session", fact -> session(fact).negativeTexts() > 0)),
                "text",
                "emotion_logged",
                "session");
    }

    private static Asked single(String id, String step, String kind, FilterFunction<Fact> where) {
        return asked(id, 1, Pattern.<Fact>begin(step).where(on(kind, where)), kind);
    }

    private static Asked asked(String id, int withinDays, Pattern<Fact, ?> pattern, String... kinds) {
        return new Asked("pattern/" + id, Set.of(kinds), pattern.within(Duration.ofDays(withinDays)));
    }

    private static SimpleCondition<Fact> on(String kind, FilterFunction<Fact> where) {
        return SimpleCondition.of(fact -> fact.kind().equals(kind) && where.filter(fact));
    }

    private static IterativeCondition<Fact> falls(String before) {
        return new Later(before) {
            private static final long serialVersionUID = 1L;

            @Override
            boolean follows(Fact fact, Fact previous) {
                return level(fact) < level(previous);
            }
        };
    }

    private static IterativeCondition<Fact> sessionFalls(String before) {
        return new Later(before) {
            private static final long serialVersionUID = 1L;

            @Override
            boolean follows(Fact fact, Fact previous) {
                Double mean = session(fact).moodMean();
                Double meanBefore = session(previous).moodMean();
                return mean != null && meanBefore != null && mean <= meanBefore - MARGIN;
            }
        };
    }

    private static double level(Fact fact) {
        MoodFact mood = Objects.requireNonNull(fact.mood());
        return Objects.requireNonNull(mood.level());
    }

    private static int lowest(Fact fact) {
        MoodFact mood = Objects.requireNonNull(fact.mood());
        return Objects.requireNonNull(mood.lowestOfLast4());
    }

    private static TextFact text(Fact fact) {
        return Objects.requireNonNull(fact.text());
    }

    private static SessionFact session(Fact fact) {
        return Objects.requireNonNull(fact.session());
    }

    private static boolean item9(SurveyFact survey) {
        return survey.instrument().equals("PHQ-9") && survey.item9() != null && survey.item9() >= 1;
    }

    private static boolean crisis(TextFact text) {
        return text.crisis().equals("ideation") || text.crisis().equals("intent");
    }

    private static boolean badRating(TextFact text) {
        return text.kind().equals("feedback") && text.rating() != null && text.rating() <= 0.4;
    }

    /** A fact held against the one that an earlier step took. */
    private abstract static class Later extends IterativeCondition<Fact> {
        private static final long serialVersionUID = 1L;

        private final String before;

        Later(String before) {
            this.before = before;
        }

        abstract boolean follows(Fact fact, Fact previous);

        @Override
        public boolean filter(Fact fact, Context<Fact> accepted) throws Exception {
            for (Fact previous : accepted.getEventsForPattern(before)) {
                return follows(fact, previous);
            }
            return false;
        }
    }
}
