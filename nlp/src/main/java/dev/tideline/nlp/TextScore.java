package dev.tideline.nlp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a text means, without the text. Immutable, and safe to send between threads and machines.
 *
 * @param sentiment the class of the text as a whole, 0 very negative … 4 very positive (the largest of
 *     {@code probabilities}, of equal ones the lower class); {@link #NO_SENTIMENT} where {@code assessed} is false
 * @param probabilities five shares that add up to 1, one for each class; empty where {@code assessed} is false
 * @param rawSentiment as {@code sentiment}, by CoreNLP's model alone
 * @param rawProbabilities as {@code probabilities}, by CoreNLP's model alone
 * @param assessed false where the text is not English, has no words, or could not be read to an end
 * @param crisis crisis language that stands for the writer, now: {@code none}, {@code hopeless}, {@code ideation},
 *     {@code intent} or {@code unknown}
 * @param cue the strongest crisis language found, whoever it is about and whether it is meant: the words of
 *     {@code crisis}
 * @param person whom the cue is about: {@code first}, {@code other} or {@code unclear}
 * @param negated whether the cue is denied
 * @param time when the cue holds: {@code now}, {@code past} or {@code hypothetical}
 * @param rules ids of the rules that fired, in the order of the text
 * @param model what gave the sentiment, name and version: answers of different models do not compare
 * @param cut what of the text was left out or broken up before it was scored, in words fit for a log (they never hold
 *     words of the text); null where the text was scored as it is
 */
public record TextScore(
        int sentiment,
        List<Double> probabilities,
        int rawSentiment,
        List<Double> rawProbabilities,
        boolean assessed,
        String crisis,
        String cue,
        String person,
        boolean negated,
        String time,
        List<String> rules,
        String model,
        @Nullable String cut) {

    /** Stands for a class where no sentiment is known. */
    public static final int NO_SENTIMENT = -1;

    public TextScore {
        probabilities = List.copyOf(probabilities);
        rawProbabilities = List.copyOf(rawProbabilities);
        rules = List.copyOf(rules);
    }

    static TextScore assessed(List<Double> probabilities, String model, @Nullable String cut) {
        int sentiment = largest(probabilities);
        return withoutCrisis(sentiment, probabilities, true, model, cut);
    }

    static TextScore unassessed(String model, @Nullable String cut) {
        return withoutCrisis(NO_SENTIMENT, List.of(), false, model, cut);
    }

    private static TextScore withoutCrisis(
            int sentiment, List<Double> probabilities, boolean assessed, String model, @Nullable String cut) {
        return new TextScore(
                sentiment,
                probabilities,
                sentiment,
                probabilities,
                assessed,
                "unknown",
                "unknown",
                "unclear",
                false,
                "now",
                List.of(),
                model,
                cut);
    }

    private static int largest(List<Double> probabilities) {
        int largest = 0;
        for (int candidate = 1; candidate < probabilities.size(); candidate++) {
            if (probabilities.get(candidate) > probabilities.get(largest)) {
                largest = candidate;
            }
        }
        return largest;
    }
}
