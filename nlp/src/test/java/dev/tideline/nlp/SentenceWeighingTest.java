package dev.tideline.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceWeighingTest {
    private static final List<Double> VERY_NEGATIVE = List.of(1.0, 0.0, 0.0, 0.0, 0.0);
    private static final List<Double> VERY_POSITIVE = List.of(0.0, 0.0, 0.0, 0.0, 1.0);

    @Test
    void letsALongSentenceOutweighAShortOne() {
        List<Double> whole = SentenceWeighing.weigh(
                List.of(new CoreNlp.Sentence(2, VERY_POSITIVE), new CoreNlp.Sentence(6, VERY_NEGATIVE)));

        assertThat(whole).containsExactly(0.75, 0.0, 0.0, 0.0, 0.25);
    }

    @Test
    void hasNothingToSayOfNoSentences() {
        assertThat(SentenceWeighing.weigh(List.of())).isEmpty();
    }

    @Test
    void namesTheLowerClassWhereTwoAreEven() {
        TextScore score = TextScore.assessed(List.of(0.1, 0.4, 0.05, 0.4, 0.05), "any", null);

        assertThat(score.sentiment()).isEqualTo(1);
    }
}
