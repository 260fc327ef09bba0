package dev.tideline.job.rules;

import java.io.Serializable;

/**
 * Something wrong in a file, as the gate was told of it.
 *
 * @param key {@code kind/id} of the rule concerned, or {@code file/<name>}
 * @param fingerprint of what was said
 */
record ToldFlaw(String key, String fingerprint) implements Serializable {}
