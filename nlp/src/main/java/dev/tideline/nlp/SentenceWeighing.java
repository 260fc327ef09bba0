package dev.tideline.nlp;

import java.util.ArrayList;
import java.util.List;

/**
 * Weighs the sentences of a text into one: the mean of their probabilities, each sentence counting by its tokens, so
 * that "Ok." does not outweigh what follows it.
 */
final class SentenceWeighing {
    private SentenceWeighing() {}

    /** The five probabilities of the whole; empty where there are no tokens. */
    static List<Double> weigh(List<CoreNlp.Sentence> sentences) {
        double tokens = 0;
        double[] sums = new double[CoreNlp.CLASSES];
        for (CoreNlp.Sentence sentence : sentences) {
            tokens += sentence.tokens();
            for (int sentiment = 0; sentiment < CoreNlp.CLASSES; sentiment++) {
                sums[sentiment] += sentence.tokens() * sentence.probabilities().get(sentiment);
            }
        }
        List<Double> whole = new ArrayList<>(CoreNlp.CLASSES);
        if (tokens > 0) {
            for (double sum : sums) {
                whole.add(sum / tokens);
            }
        }
        return whole;
    }
}
