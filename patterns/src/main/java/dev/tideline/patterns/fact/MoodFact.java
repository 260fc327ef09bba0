package dev.tideline.patterns.fact;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a user's mood at a log or at the end of a day. Levels are on 0…1 of the scale.
 *
 * <p>What is not known yet (no baseline, too few days) is null.
 *
 * @param level of this log, or the mean of the day's logs
 * @param lowestOfLast4 how many of the last four logs lie in the lowest tenth of the scale; logs only
 */
public record MoodFact(
        @Nullable Double level,
        @Nullable Integer lowestOfLast4,
        @Nullable Integer logs,
        @Nullable Integer daysLogged,
        @Nullable Double baselineMean,
        @Nullable Double baselineSd,
        @Nullable Double ewma,
        @Nullable Double lowerLimit,
        @Nullable Double drop,
        @Nullable Double last3Mean,
        @Nullable Double slope14d,
        @Nullable Double slopeP,
        @Nullable Double instabilityRatio) {

    /** A single log: its level and how the last four lie. */
    public static MoodFact ofLog(double level, int lowestOfLast4) {
        return new MoodFact(level, lowestOfLast4, null, null, null, null, null, null, null, null, null, null, null);
    }
}
