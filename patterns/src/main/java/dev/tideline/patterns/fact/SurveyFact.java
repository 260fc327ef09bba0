package dev.tideline.patterns.fact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A survey response. What is not known is null.
 *
 * @param instrument such as {@code PHQ-9}
 * @param items the answers in the instrument's order; booleans are 1 and 0; empty where none came
 * @param item9 PHQ-9 only: thoughts of death or self-harm, 0…3
 */
public record SurveyFact(
        String instrument,
        @Nullable Double score,
        List<Double> items,
        @Nullable String band,
        @Nullable String previousBand,
        @Nullable Double changeFromBest90d,
        @Nullable Boolean reliableChange,
        @Nullable Integer item9,
        @Nullable Integer previousItem9) {}
