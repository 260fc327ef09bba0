package dev.tideline.job.store;

import static dev.tideline.job.store.Samples.ANNA;
import static dev.tideline.job.store.Samples.BEGINNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.QuietFact;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.TextFact;
import dev.tideline.patterns.fact.WeekFact;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a fact says is the same when it is read again. */
final class FactsInRowsTest {
    @ParameterizedTest
    @MethodSource("facts")
    void comesBackAsItWent(Fact fact) {
        Fact again = RowJson.fact(fact.kind(), fact.id(), fact.user(), fact.at(), RowJson.of(fact), fact.late());

        assertThat(again).isEqualTo(fact);
    }

    @Test
    void reallySawEveryKind() {
        Set<String> kinds = new TreeSet<>();
        facts().forEach(fact -> kinds.add(fact.kind()));

        assertThat(kinds).containsExactlyInAnyOrderElementsOf(Fact.Derived.NAMES);
    }

    @Test
    void readsWhatALaterVersionOfTheJobAdded() {
        String json = "{\"week\":{\"events\":3,\"ratio\":0.5,\"mode\":\"later\"},\"more\":{}}";

        Fact fact = RowJson.fact("week", "week:1", ANNA, BEGINNING, json, false);

        assertThat(fact.week()).isEqualTo(new WeekFact(3, 0.5));
    }

    static Stream<Fact> facts() {
        return Stream.of(
                fact("text", text(1, List.of(0.2, 0.5, 0.2, 0.1, 0.0), true, 0.4), null, null, null, null, null),
                fact("text", text(null, List.of(), false, null), null, null, null, null, null),
                fact("session", null, session(0.4, 0.3, 1.5, 1.0), null, null, null, null),
                fact("session", null, session(null, null, null, null), null, null, null, null),
                fact("mood_day", null, null, mood(0.25), null, null, null),
                fact("survey", null, null, null, survey("mild", 2.5, true, 1), null, null),
                fact("survey", null, null, null, survey(null, null, null, null), null, null),
                fact("quiet", null, null, null, null, new QuietFact(604_800_000, 86_400_000, Level.RED), null),
                fact("quiet", null, null, null, null, new QuietFact(604_800_000, 86_400_000, null), null),
                fact("week", null, null, null, null, null, new WeekFact(12, 0.75)),
                fact("week", null, null, null, null, null, new WeekFact(12, null)));
    }

    private static Fact fact(
            String kind,
            @Nullable TextFact text,
            @Nullable SessionFact session,
            @Nullable MoodFact mood,
            @Nullable SurveyFact survey,
            @Nullable QuietFact quiet,
            @Nullable WeekFact week) {
        return new Fact(
                kind, kind + ":1", ANNA, BEGINNING, null, text, session, mood, survey, quiet, week, true, BEGINNING);
    }

    private static TextFact text(
            @Nullable Integer sentiment, List<Double> p, boolean assessed, @Nullable Double rating) {
        return new TextFact(
                "feedback",
                sentiment,
                p,
                assessed,
                3,
                "none",
                "ideation",
                "other",
                true,
                "past",
                List.of("a", "b"),
                rating,
                "model 1");
    }

    private static SessionFact session(
            @Nullable Double moodMean,
            @Nullable Double moodMin,
            @Nullable Double sentimentMean,
            @Nullable Double sentimentMin) {
        return new SessionFact(
                BEGINNING,
                BEGINNING.plus(Duration.ofMinutes(7)),
                9,
                4,
                3,
                moodMean,
                moodMin,
                2,
                sentimentMean,
                sentimentMin,
                1,
                0);
    }

    private static MoodFact mood(double drop) {
        return new MoodFact(0.5, null, 4, 30, 0.75, 0.125, 0.6, 0.55, drop, 0.52, -0.01, 0.03, 1.2);
    }

    private static SurveyFact survey(
            @Nullable String band, @Nullable Double change, @Nullable Boolean reliable, @Nullable Integer item9) {
        return new SurveyFact("PHQ-9", 11.0, List.of(1.0, 2.0, 0.0), band, band, change, reliable, item9, item9);
    }
}
