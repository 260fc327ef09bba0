package dev.tideline.job.worlds;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Something that comes in about one user. Places are epoch milliseconds. */
sealed interface Deed {
    List<String> PURPOSES = List.of("risk_detection", "segmentation", "text_analysis");

    String user();

    Instant at();

    /** Where the user's ordered lane is when it is taken: its own time, or later where it comes late. */
    long place();

    String line();

    /** The values by their names, numbers as they are written. */
    static ObjectNode context(Map<String, Object> said) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        said.forEach((name, value) -> {
            if (value instanceof Number number) {
                context.putRawValue(name, new RawValue(number.toString()));
            } else {
                context.put(name, value.toString());
            }
        });
        return context;
    }

    /**
     * An event.
     *
     * @param said by name, the value a number or a text
     */
    record Did(String user, Instant at, long place, String id, String kind, Map<String, Object> said) implements Deed {
        @Override
        public String line() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("event_id", id)
                    .put("user_id", user)
                    .put("event_type", kind)
                    .put("event_timestamp", at.toString());
            json.set("context", context(said));
            return json.toString();
        }
    }

    /**
     * A profile patch.
     *
     * @param fields by name, such as {@code user.account_type} or {@code properties.tier}; an empty text removes
     */
    record Patched(String user, Instant at, long place, Map<String, String> fields) implements Deed {
        @Override
        public String line() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("user_id", user).put("updated_at", at.toString());
            fields.forEach((name, value) -> {
                String field = name.substring(name.indexOf('.') + 1);
                ObjectNode into = name.startsWith("user.") ? json : json.withObject("/properties");
                if (value.isEmpty()) {
                    into.putNull(field);
                } else {
                    into.put(field, value);
                }
            });
            return json.toString();
        }
    }

    /** What the user allows from now on. */
    record Consented(String user, Instant at, Set<String> purposes) implements Deed {
        @Override
        public long place() {
            return at.toEpochMilli();
        }

        @Override
        public String line() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("type", "consent").put("user_id", user).put("updated_at", at.toString());
            ObjectNode granted = json.putObject("purposes");
            PURPOSES.forEach(purpose -> granted.put(purpose, purposes.contains(purpose)));
            return json.toString();
        }
    }

    /** The user asks to be forgotten. */
    record Erased(String user, Instant at) implements Deed {
        @Override
        public long place() {
            return at.toEpochMilli();
        }

        @Override
        public String line() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("type", "erasure").put("user_id", user).put("requested_at", at.toString());
            return json.toString();
        }
    }
}
