package dev.tideline.job.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.nlp.TextScore;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.TextFact;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.OpenContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a text leaves behind when it goes. */
final class ScoreTextsTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final AtomicInteger SCORED = new AtomicInteger();

    @BeforeEach
    void startCounting() {
        SCORED.set(0);
    }

    @Test
    void theTextGoesAndItsMeaningStays() {
        Event event = scored(0, event("message_sent", "bad", null));

        assertThat(event.text()).isNull();
        assertThat(event.sealedText()).isEqualTo("sealed");
        assertThat(event.textFact())
                .isEqualTo(new TextFact(
                        "message",
                        1,
                        List.of(0.1, 0.6, 0.1, 0.1, 0.1),
                        true,
                        -1,
                        "none",
                        "none",
                        "unclear",
                        false,
                        "now",
                        List.of("a-rule"),
                        null,
                        "test 1"));
    }

    @Test
    void aTextThatCannotBeAssessedHasNoSentiment() {
        TextFact text = Objects.requireNonNull(
                scored(0, event("message_sent", "unreadable", null)).textFact());

        assertThat(text.assessed()).isFalse();
        assertThat(text.sentiment()).isNull();
        assertThat(text.p()).isEmpty();
        assertThat(text.crisis()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "message_sent, message",
        "feedback_given, feedback",
        "emotion_logged, note",
        "content_interaction, comment",
    })
    void itsKindIsThatOfItsEvent(String type, String kind) {
        assertThat(Objects.requireNonNull(scored(0, event(type, "bad", null)).textFact())
                        .kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "feedback_given | {\"rating\":2} | 0.4",
                "feedback_given | {\"a\":{\"rating\":1},\"rating\":2,\"rating_max\":10} | 0.2",
                "feedback_given | {\"rating_max\":10} |",
                "feedback_given | |",
                "message_sent | {\"rating\":2} |",
            })
    void feedbackKnowsItsRatingAsAShare(String type, @Nullable String context, @Nullable Double rating) {
        assertThat(Objects.requireNonNull(scored(0, event(type, "bad", context)).textFact())
                        .rating())
                .isEqualTo(rating);
    }

    @Test
    void whatHasNoTextPassesUntouched() {
        Arrival consent = Arrival.of(new PrivacyRequest("u", AT, false, List.of()));
        Arrival view = Arrival.of(event("page_view", null, "{}"));

        assertThat(function(0).map(consent)).isSameAs(consent);
        assertThat(function(0).map(view)).isSameAs(view);
        assertThat(SCORED).hasValue(0);
    }

    @Test
    void aTextThatComesAgainIsScoredOnceIfScoresAreRemembered() {
        ScoreTexts function = function(2);

        Arrival first = function.map(Arrival.of(event("message_sent", "bad", null)));
        Arrival again = function.map(Arrival.of(event("message_sent", "bad", null)));

        assertThat(again).isEqualTo(first);
        assertThat(SCORED).hasValue(1);
    }

    @Test
    void onlyTheLastOnesAreRemembered() {
        ScoreTexts function = function(2);
        for (String text : List.of("a", "b", "c", "b", "a")) {
            function.map(Arrival.of(event("message_sent", text, null)));
        }

        assertThat(SCORED).hasValue(4);
    }

    @Test
    void noneIsRememberedWhereThatIsSwitchedOff() {
        ScoreTexts function = function(0);
        function.map(Arrival.of(event("message_sent", "bad", null)));
        function.map(Arrival.of(event("message_sent", "bad", null)));

        assertThat(SCORED).hasValue(2);
    }

    private static Event scored(int remembered, Event event) {
        return Objects.requireNonNull(
                function(remembered).map(Arrival.of(event)).event());
    }

    private static ScoreTexts function(int remembered) {
        ScoreTexts function = new ScoreTexts(ScoreTextsTest::score, remembered);
        function.open(new OpenContext() {});
        return function;
    }

    private static Event event(String type, @Nullable String text, @Nullable String context) {
        return new Event(
                "00000000-0000-4000-8000-000000000001",
                "u",
                type,
                AT,
                null,
                context,
                text,
                text == null ? null : "sealed",
                null,
                List.of(),
                AT);
    }

    private static TextScore score(String text) {
        SCORED.incrementAndGet();
        List<Double> shares = List.of(0.1, 0.6, 0.1, 0.1, 0.1);
        return text.equals("unreadable")
                ? new TextScore(
                        TextScore.NO_SENTIMENT,
                        List.of(),
                        TextScore.NO_SENTIMENT,
                        List.of(),
                        false,
                        "unknown",
                        "unknown",
                        "unclear",
                        false,
                        "now",
                        List.of(),
                        "test 1",
                        null)
                : new TextScore(
                        1,
                        shares,
                        1,
                        shares,
                        true,
                        "none",
                        "none",
                        "unclear",
                        false,
                        "now",
                        List.of("a-rule"),
                        "test 1",
                        null);
    }
}
