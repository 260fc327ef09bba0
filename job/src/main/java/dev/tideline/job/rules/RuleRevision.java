package dev.tideline.job.rules;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A change to the rules that every task takes over: numbered by the gate, so that all of them agree on the order.
 * After a restart the last one comes once more, for the tasks to say again that they have it.
 *
 * @param number 1, 2, 3 …; 0 for the rules that were there from the start
 * @param key {@code kind/id}
 * @param json the accepted document; null removes the rule
 * @param effectiveMillis the rule holds for facts at or after this instant (epoch milliseconds)
 */
public record RuleRevision(
        long number, String key, @Nullable String json, long effectiveMillis) implements Serializable {}
