package dev.tideline.patterns.fact;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a user's events with less than 30 minutes between any two neighbours.
 *
 * @param start its first event
 * @param end its last event; the fact's own time is 30 minutes later
 * @param moodMean mean of the mood logs on 0…1; null without any
 * @param moodMin lowest of them
 * @param sentimentMean mean sentiment class (0…4) of the assessed texts; null without any
 * @param sentimentMin lowest of them
 * @param negativeTexts texts of sentiment 0 or 1
 * @param crisisTexts texts whose {@code crisis} is neither {@code none} nor {@code unknown}
 */
public record SessionFact(
        Instant start,
        Instant end,
        long events,
        long pageViews,
        long messages,
        @Nullable Double moodMean,
        @Nullable Double moodMin,
        long moodLogs,
        @Nullable Double sentimentMean,
        @Nullable Double sentimentMin,
        long negativeTexts,
        long crisisTexts) {

    /** From the first event to the last. */
    public Duration duration() {
        return Duration.between(start, end);
    }
}
