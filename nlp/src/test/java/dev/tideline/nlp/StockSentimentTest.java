package dev.tideline.nlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Within the limits, what we say is what CoreNLP says. */
class StockSentimentTest {
    private static final double ROUNDING = 1e-12;

    private static StockPipeline stock;

    @BeforeAll
    static void loadTheStockPipeline() {
        stock = new StockPipeline();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "thanks!",
                "I hate this.",
                "A wonderful, lovely evening with old friends.",
                "Could not sleep again and I feel awful.",
                "The export button does nothing since the update.",
                "My sister came over and we laughed for hours.",
                "Everything is grey and I do not know why.",
                "The lesson was clear and the examples were great.",
                "Support answered within ten minutes, which is excellent!",
                "I paid for a year and it crashes every day.",
                "Not bad at all.",
                "It was neither good nor bad, only long.",
                "Why does nobody answer me?",
                "i cant focus on anything today",
                "Finally finished the course and I am proud of it.",
                "Today I walked to the lake, fed the ducks and went home.",
                "The worst customer service I have ever had.",
                "She said that he would never have believed that they could win.",
                "My head hurts, my back hurts, and the rent is due.",
                "An ok day.",
                "Lost my job :(",
                "We booked the trip to Lisbon for $420.50 on 3/5!!!",
                "The colours (blue, mostly) are pretty.",
                "Don't ever ask me to do that again...",
                "Best thing that happened to me this year ❤️",
                "See https://example.org/help?topic=export for the steps",
                "He's brilliant; she's tired of him.",
                "I couldn't care less about the new design.",
                "Slow, ugly, expensive.",
                "It helped me through a very dark winter and I am grateful.",
                "Mr. Fox doesn't like the 2nd version of the app."
            })
    void saysOfASentenceWhatStockCoreNlpSays(String sentence) {
        TextScore score = TextScorer.shared().score(sentence);

        assertThat(score.assessed()).isTrue();
        assertThat(score.cut()).isNull();
        assertThat(score.sentiment()).isEqualTo(stock.onlyClass(sentence));
        assertSameShares(score.probabilities(), stock.read(sentence).get(0).probabilities());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Awful! | 0",
                "I hate this. | 1",
                "We live in Lisbon. | 2",
                "A good meal with friends. | 3",
                "A wonderful, brilliant, beautiful film. | 4",
            })
    void knowsTheFiveClasses(String sentence, int expected) {
        assertThat(TextScorer.shared().score(sentence).sentiment()).isEqualTo(expected);
    }

    @Test
    void weighsTheSentencesOfATextByTheirTokens() {
        String text =
                "Ok. The worst, most boring and most expensive course that I have ever taken.\nNice teacher though";
        List<CoreNlp.Sentence> sentences = stock.read(text);
        assertThat(sentences).extracting(CoreNlp.Sentence::tokens).containsExactly(2, 15, 3);

        TextScore score = TextScorer.shared().score(text);

        for (int sentiment = 0; sentiment < 5; sentiment++) {
            int each = sentiment;
            double weighed = sentences.stream()
                            .mapToDouble(sentence ->
                                    sentence.tokens() * sentence.probabilities().get(each))
                            .sum()
                    / (2 + 15 + 3);
            assertThat(score.probabilities().get(sentiment)).isEqualTo(weighed, within(ROUNDING));
        }
    }

    private static void assertSameShares(List<Double> actual, List<Double> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int sentiment = 0; sentiment < expected.size(); sentiment++) {
            assertThat(actual.get(sentiment)).isEqualTo(expected.get(sentiment), within(ROUNDING));
        }
    }
}
