package dev.tideline.job.rules;

/**
 * A rule as the gate keeps it over a restart.
 *
 * @param waits whether it waits, or is in force
 * @param doubted whether the last word on it was that a version was refused
 */
public record KeptRule(
        String key, String json, long number, long effectiveMillis, boolean fromFile, boolean waits, boolean doubted) {}
