package dev.tideline.job.rules.storm;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a change.
 *
 * @param status {@code ACCEPTED}, {@code REJECTED}, {@code WAITING} or {@code REMOVED}
 * @param at of the change (epoch milliseconds)
 * @param version where one was accepted or waits
 * @param path where a broken document is wrong
 */
public record Verdict(
        String key,
        String status,
        long at,
        @Nullable Integer version,
        @Nullable String path) {}
