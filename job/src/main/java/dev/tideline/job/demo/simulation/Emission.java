package dev.tideline.job.demo.simulation;

import dev.tideline.job.ingest.Channel;
import java.time.Instant;

/**
 * A record that the platform writes.
 *
 * @param at when it is written; what it tells of happened then or before
 * @param key the user's id; empty where it is not known
 * @param value JSON as the contract asks for it, but for the records that are broken on purpose
 */
public record Emission(Instant at, Channel channel, String key, String value) {}
