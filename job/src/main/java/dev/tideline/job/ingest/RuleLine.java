package dev.tideline.job.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.patterns.fact.RuleRecord;
import java.time.Instant;

/**
 * A line of {@code rules.jsonl}: a rule document with one more field, {@code effective}, the instant from which on it holds.
 * Without that it holds from before the first event. One that is only {@code kind}, {@code id} and {@code removed: true}
 * (and {@code effective}) removes the rule, as a tombstone on the topic does.
 *
 * <p>Checked are its form, {@code kind} and {@code id}, which make its key, {@code effective} and {@code removed}; the rule gate
 * judges all else.
 */
final class RuleLine {
    private static final String EFFECTIVE = "effective";
    private static final String REMOVED = "removed";

    private RuleLine() {}

    static RuleRecord decode(byte[] value, StrictReader reader) throws RefusedException {
        Document line = Document.read(value, reader);
        String key = line.string("kind") + "/" + line.string("id");
        Instant at =
                line.optional(EFFECTIVE) == null ? Instant.ofEpochMilli(Long.MIN_VALUE) : line.timestamp(EFFECTIVE);
        ObjectNode document = line.copy();
        document.remove(EFFECTIVE);
        return new RuleRecord(key, line.flag(REMOVED) ? null : document.toString(), at);
    }
}
