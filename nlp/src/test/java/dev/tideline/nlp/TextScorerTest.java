package dev.tideline.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextScorerTest {
    private static final List<String> DIARY = List.of(
            "Slept well and had coffee in the sun.",
            "The meeting went badly. I said nothing. Nobody asked.",
            "Ich habe heute nichts gemacht.",
            "The app lost my notes again!\nI want my money back.",
            "My friends came over, and we cooked for hours.",
            "");

    @Test
    void saysNothingOfCrisisYet() {
        TextScore score = TextScorer.shared().score("The meeting went badly.");

        assertThat(score.crisis()).isEqualTo("unknown");
        assertThat(score.cue()).isEqualTo("unknown");
        assertThat(score.person()).isEqualTo("unclear");
        assertThat(score.negated()).isFalse();
        assertThat(score.time()).isEqualTo("now");
        assertThat(score.rules()).isEmpty();
        assertThat(score.rawSentiment()).isEqualTo(score.sentiment());
        assertThat(score.rawProbabilities()).isEqualTo(score.probabilities());
        assertThat(score.model()).isEqualTo("corenlp-4.5.10-sr");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t ", "!!!", "10/10", "😀", "Ich will nicht mehr.", "死にたい"})
    void leavesUnassessedWhatHasNoEnglishWords(String text) {
        TextScore score = TextScorer.shared().score(text);

        assertThat(score.assessed()).isFalse();
        assertThat(score.sentiment()).isEqualTo(TextScore.NO_SENTIMENT);
        assertThat(score.rawSentiment()).isEqualTo(TextScore.NO_SENTIMENT);
        assertThat(score.probabilities()).isEmpty();
        assertThat(score.rawProbabilities()).isEmpty();
        assertThat(score.crisis()).isEqualTo("unknown");
        assertThat(score.cut()).isNull();
    }

    @Test
    void givesTwoThreadsTheAnswersThatItGivesOne() throws Exception {
        List<TextScore> alone = scoreTheDiary();
        Callable<List<TextScore>> oftenOver = () -> {
            for (int time = 0; time < 4; time++) {
                assertThat(scoreTheDiary()).isEqualTo(alone);
            }
            return scoreTheDiary();
        };

        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (Future<List<TextScore>> answers : two.invokeAll(Collections.nCopies(2, oftenOver))) {
                assertThat(answers.get()).isEqualTo(alone);
            }
        } finally {
            two.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void leavesUnassessedWhatCoreNlpFailsOn(Function<String, CoreNlp.Reading> failure) {
        TextScorer failing = new TextScorer(failure);

        TextScore score = failing.score("I hate\0this");

        assertThat(score.assessed()).isFalse();
        assertThat(score.sentiment()).isEqualTo(TextScore.NO_SENTIMENT);
        assertThat(score.cut())
                .isEqualTo("characters that are no text; everything: the text could not be read to an end");
    }

    @Test
    void answersAlikeFromASecondInstance() {
        TextScorer second = new TextScorer();

        assertThat(DIARY.stream().map(second::score).toList()).isEqualTo(scoreTheDiary());
    }

    static Stream<Function<String, CoreNlp.Reading>> failures() {
        return Stream.of(
                text -> {
                    throw new StackOverflowError();
                },
                text -> {
                    throw new AssertionError("the parser made no tree");
                },
                text -> {
                    throw new IllegalStateException(text);
                });
    }

    private static List<TextScore> scoreTheDiary() {
        return DIARY.stream().map(TextScorer.shared()::score).toList();
    }
}
