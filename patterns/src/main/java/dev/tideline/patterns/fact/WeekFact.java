package dev.tideline.patterns.fact;

import org.jspecify.annotations.Nullable;

/**
 * A UTC week has ended.
 *
 * @param ratio to the mean of the four weeks before; null where they had no event
 */
public record WeekFact(long events, @Nullable Double ratio) {}
