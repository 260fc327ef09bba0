package dev.tideline.job.worlds;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A segment that comes, changes or goes.
 *
 * @param at from when on, in epoch milliseconds; {@link #START} = it was there before the first event
 * @param when null = it is removed
 */
record Ruling(
        long at,
        String id,
        int version,
        boolean shadow,
        boolean enabled,
        @Nullable Tree when) {
    static final long START = Long.MIN_VALUE;

    String key() {
        return "segment/" + id;
    }

    /** The document; null where the rule goes. */
    @Nullable
    ObjectNode document() {
        if (when == null) {
            return null;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", "segment").put("id", id).put("version", version).put("name", "Of a random world");
        if (!enabled) {
            json.put("enabled", false);
        }
        if (shadow) {
            json.put("mode", "shadow");
        }
        json.set("when", when.json());
        return json;
    }

    /** As a line of {@code rules.jsonl}. */
    String line() {
        ObjectNode json = document();
        if (json == null) {
            json = JsonNodeFactory.instance.objectNode();
            json.put("kind", "segment").put("id", id).put("removed", true);
        }
        if (at != START) {
            json.put("effective", Instant.ofEpochMilli(at).toString());
        }
        return json.toString();
    }
}
