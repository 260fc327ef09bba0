package dev.tideline.patterns.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule as it arrived on the topic or stood in a file.
 *
 * @param key {@code kind/id}, or where it stood
 * @param json the document; null removes the rule
 * @param at the record's timestamp: the rule holds for facts at or after it
 */
public record RuleRecord(String key, @Nullable String json, Instant at) {}
