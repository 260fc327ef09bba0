package dev.tideline.job.demo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.nlp.TextScorer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people say, and whether the model hears it as it is meant. */
final class VoiceTest {
    private static final int NEGATIVE_UP_TO = 1;

    @Test
    void thereAreTwoHundredDifferentTextsAndMore() {
        List<String> texts = Arrays.stream(Voice.values())
                .flatMap(voice -> voice.texts().stream())
                .toList();
        assertThat(texts).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"WEARY", "CRISIS", "COMPLAINT"})
    void theModelHearsMostOfWhatIsMeantToBeNegativeAsNegative(Voice voice) {
        assertThat(negativeShare(voice)).isGreaterThanOrEqualTo(0.7);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHEERFUL", "PLAIN", "PRAISE"})
    void theModelHearsHardlyAnyOfTheRestAsNegative(Voice voice) {
        assertThat(negativeShare(voice)).isLessThanOrEqualTo(0.15);
    }

    private static double negativeShare(Voice voice) {
        TextScorer scorer = TextScorer.shared();
        long negative = voice.texts().stream()
                .map(scorer::score)
                .filter(score -> score.assessed() && score.sentiment() <= NEGATIVE_UP_TO)
                .count();
        return negative / (double) voice.texts().size();
    }
}
