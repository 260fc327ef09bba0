package dev.tideline.job;

import dev.tideline.nlp.TextScore;
import java.util.List;

/** A scorer whose answers a test can know without a model: a text with "not good" in it is very negative. */
final class KnownScores {
    private KnownScores() {}

    static TextScore of(String text) {
        int sentiment = text.contains("not good") ? 0 : 2;
        List<Double> shares = sentiment == 0 ? List.of(1.0, 0.0, 0.0, 0.0, 0.0) : List.of(0.0, 0.0, 1.0, 0.0, 0.0);
        return new TextScore(
                sentiment, shares, sentiment, shares, true, "none", "none", "unclear", false, "now", List.of(), "known",
                null);
    }
}
