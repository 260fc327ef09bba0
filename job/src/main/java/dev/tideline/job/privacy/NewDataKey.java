package dev.tideline.job.privacy;

import java.time.Instant;

/**
 * A data key that was just made for a user, on its way to the database.
 *
 * @param keyId a UUID in lower case
 * @param wrappedKey base64 of the key, encrypted by the master key
 * @param at the event time of what the key was made for
 */
public record NewDataKey(String user, String keyId, String wrappedKey, Instant at) {}
