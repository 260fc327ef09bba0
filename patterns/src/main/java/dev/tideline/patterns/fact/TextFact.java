package dev.tideline.patterns.fact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a text means; never the text itself.
 *
 * @param kind {@code message}, {@code feedback}, {@code note} or {@code comment}
 * @param sentiment 0 very negative … 4 very positive; null where the text could not be assessed
 * @param p five probabilities, of the text as a whole; empty where it could not be assessed
 * @param assessed false where the text is not English
 * @param negativeOfLast5 how many of the user's last five texts, this one included, are negative (sentiment 0 or 1); filled
 *     in order only, -1 before
 * @param crisis {@code none}, {@code hopeless}, {@code ideation}, {@code intent} or {@code unknown}
 * @param cue the strongest crisis language found, whoever is meant
 * @param person {@code first}, {@code other} or {@code unclear}
 * @param time {@code now}, {@code past} or {@code hypothetical}
 * @param rules ids of the crisis rules that fired
 * @param rating share of the rating's maximum, 0…1; feedback only
 * @param model the version of the model that judged
 */
public record TextFact(
        String kind,
        @Nullable Integer sentiment,
        List<Double> p,
        boolean assessed,
        int negativeOfLast5,
        String crisis,
        String cue,
        String person,
        boolean negated,
        String time,
        List<String> rules,
        @Nullable Double rating,
        String model) {

    /** Whether the text leans negative: class 0 or 1. */
    public boolean negative() {
        return sentiment != null && sentiment <= 1;
    }

    /** The same judgement, placed among the user's last five texts. */
    public TextFact amongLastFive(int negatives) {
        return new TextFact(
                kind, sentiment, p, assessed, negatives, crisis, cue, person, negated, time, rules, rating, model);
    }
}
