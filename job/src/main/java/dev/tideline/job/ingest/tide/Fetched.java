package dev.tideline.job.ingest.tide;

import dev.tideline.patterns.fact.Arrival;

/**
 * A decoded record with what the tide needs to know of it.
 *
 * @param next the offset after it
 * @param reach how far it may carry event time, {@link TideClock#NONE} for all but events
 * @param receivedAt what the wall clock showed when it was read
 */
record Fetched(Arrival arrival, long next, long reach, long receivedAt) {}
