package dev.tideline.job.ingest;

/** The five ways in, each with its own kind of record. */
public enum Channel {
    EVENTS,
    PROFILES,
    PRIVACY,
    RULES,
    ACTIONS
}
