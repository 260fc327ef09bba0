package dev.tideline.patterns.fact;

import org.jspecify.annotations.Nullable;

/**
 * No event for longer than is usual for this user.
 *
 * @param gapMillis how long the silence has lasted
 * @param medianGapMillis the median of the last 60 gaps between active days
 */
public record QuietFact(
        long gapMillis, long medianGapMillis, @Nullable Level lastSignalLevel) {}
