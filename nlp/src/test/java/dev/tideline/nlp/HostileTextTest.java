package dev.tideline.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No text stalls or brings down the scorer, or spoils what it says of the next one. */
class HostileTextTest {
    private static final String EVERYDAY = "I hate this. It is the worst day.";
    private static final int MEGABYTE = 1 << 20;

    private static TextScore everyday;

    @BeforeAll
    static void scoreAnEverydayText() {
        everyday = TextScorer.shared().score(EVERYDAY);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void returnsAndStaysUsable(String description, String text, boolean assessed) {
        TextScore score = TextScorer.shared().score(text);

        assertThat(score.assessed()).isEqualTo(assessed);
        assertThat(score.probabilities()).hasSize(assessed ? 5 : 0);
        assertThat(TextScorer.shared().score(EVERYDAY)).isEqualTo(everyday);
    }

    static Stream<Arguments> returnsAndStaysUsable() {
        return Stream.of(
                Arguments.of("a megabyte of one letter", filled("a"), false),
                Arguments.of("a megabyte of one word", filled("day "), true),
                Arguments.of("a megabyte of line ends", filled("\n"), false),
                Arguments.of("a megabyte of emoji", filled("😀"), false),
                Arguments.of("emoji between words", filled("the 😀😀😀😀 "), true),
                Arguments.of("families of emoji", filled("👨‍👩‍👧"), false),
                Arguments.of("NUL", filled("\0"), false),
                Arguments.of("a word with NUL on either side", "\0help\0", true),
                Arguments.of("lone high surrogates", filled("\ud83d"), false),
                Arguments.of("lone low surrogates after words", filled("the \udc00"), true),
                Arguments.of("right-to-left marks", filled("\u200f"), false),
                Arguments.of("words turned around", "\u202ethe day was long\u202c", true),
                Arguments.of("marks piled upon a letter", "a" + filled("\u0301"), false),
                Arguments.of("mentions without a space", filled("@a"), true),
                Arguments.of("hashes without a space", filled("#a"), true),
                Arguments.of("nothing but opening brackets", filled("( "), false),
                Arguments.of("opening brackets and a word", "I ".repeat(9) + filled("( "), true),
                Arguments.of("opening brackets between words", filled("( the "), true),
                Arguments.of("a sentence without an end", filled("and then we went on "), true),
                Arguments.of("titles, which end no sentence", filled("and Mr. "), true),
                Arguments.of("comments that never close", filled("<!-- the "), true),
                Arguments.of("tags that never close", filled("<the "), true),
                Arguments.of("addresses of addresses", filled("the@the.com/"), true));
    }

    @Test
    void scoresAsMuchOfALongTextAsItReads() {
        String complaint = "This is the worst day of my life. ";

        TextScore score = TextScorer.shared().score(complaint.repeat(10_000));

        assertThat(score.cut()).isEqualTo("all after the first 6000 characters");
        assertThat(score.sentiment())
                .isEqualTo(TextScorer.shared().score(complaint).sentiment());
    }

    @Test
    void saysWhatItBrokeUp() {
        String endless = "and then we went on ".repeat(60);

        assertThat(TextScorer.shared().score(endless).cut())
                .isEqualTo("sentences of more than 120 words were broken up");
    }

    @Test
    void readsAsManyPlainWordsAsTheCharactersAllow() {
        assertThat(TextScorer.shared().score("no! ".repeat(1_490)).cut()).isNull();
    }

    @Test
    void readsLessOfWhatTheTaggerFindsHard() {
        String handles = "no @a @b @c ".repeat(500);

        assertThat(TextScorer.shared().score(handles).cut())
                .isEqualTo("sentences of more than 120 words were broken up; all after the first 1080 words");
    }

    @Test
    void givesTheSameScoreToAnInterruptedThreadAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();

        TextScore score = TextScorer.shared().score(EVERYDAY);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(score).isEqualTo(everyday);
    }

    private static String filled(String unit) {
        return unit.repeat(MEGABYTE / unit.length());
    }
}
