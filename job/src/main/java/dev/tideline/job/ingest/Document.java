package dev.tideline.job.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.patterns.fact.DeadLetter.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record whose form has held, as a tree: for the channels that see a record now and then, where events come by the
 * hundred thousand.
 */
final class Document {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(StrictReader.DEEPEST)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final JsonNode root;
    private final String path;

    private Document(JsonNode root, String path) {
        this.root = root;
        this.path = path;
    }

    /** Reads a record strictly, then once more as a tree. */
    static Document read(byte[] value, StrictReader reader) throws RefusedException {
        reader.open(value);
        while (reader.next() == JsonToken.FIELD_NAME) {
            reader.skip(reader.next());
        }
        reader.end();
        try {
            return new Document(JSON.readTree(value), "");
        } catch (IOException unreadable) {
            throw new RefusedException(Reason.NOT_JSON, null, "Not JSON.");
        }
    }

    /** The whole, to be changed. */
    ObjectNode copy() {
        return root.deepCopy();
    }

    /** The field's value; null if it is absent or null. */
    @Nullable
    JsonNode optional(String name) {
        JsonNode value = root.get(name);
        return value == null || value.isNull() ? null : value;
    }

    String string(String name) throws RefusedException {
        JsonNode value = root.get(name);
        if (value == null) {
            throw refusal(Reason.MISSING_FIELD, name, "is required");
        }
        if (!value.isTextual()) {
            throw refusal(Reason.WRONG_TYPE, name, "must be a string");
        }
        return value.textValue();
    }

    @Nullable
    String optionalString(String name) throws RefusedException {
        return optional(name) == null ? null : string(name);
    }

    /** A string of a closed list; null if it is absent or null. */
    @Nullable
    String optionalOneOf(String name, Set<String> words) throws RefusedException {
        String word = optionalString(name);
        if (word != null && !words.contains(word)) {
            throw refusal(Reason.BAD_VALUE, name, "has none of its values");
        }
        return word;
    }

    String uuid(String name) throws RefusedException {
        String uuid = UuidText.parse(string(name));
        if (uuid == null) {
            throw refusal(Reason.BAD_VALUE, name, "must be a UUID of the form 8-4-4-4-12");
        }
        return uuid;
    }

    Instant timestamp(String name) throws RefusedException {
        Instant at = Rfc3339.parse(string(name));
        if (at == null) {
            throw refusal(Reason.BAD_TIMESTAMP, name, "must be an RFC 3339 timestamp with an offset");
        }
        return at;
    }

    /** The object that must be there. */
    Document object(String name) throws RefusedException {
        JsonNode value = root.get(name);
        if (value == null) {
            throw refusal(Reason.MISSING_FIELD, name, "is required");
        }
        if (!value.isObject()) {
            throw refusal(Reason.WRONG_TYPE, name, "must be an object");
        }
        return new Document(value, path + "/" + name);
    }

    /** An object of at most so many levels; null if it is absent or null. */
    @Nullable
    JsonNode optionalObject(String name, int deepest) throws RefusedException {
        if (optional(name) == null) {
            return null;
        }
        JsonNode value = object(name).root;
        if (levels(value, deepest + 1) > deepest) {
            throw refusal(Reason.TOO_DEEP, name, "has more than " + deepest + " levels");
        }
        return value;
    }

    /** A boolean; false if it is absent or null. */
    boolean flag(String name) throws RefusedException {
        JsonNode value = optional(name);
        if (value != null && !value.isBoolean()) {
            throw refusal(Reason.WRONG_TYPE, name, "must be true or false");
        }
        return value != null && value.booleanValue();
    }

    /** A refusal whose sentence goes on after the field's name. */
    RefusedException refusal(Reason reason, String name, String says) {
        return new RefusedException(reason, path + "/" + name, "The field " + name + " " + says + ".");
    }

    /** Counts levels, and stops at the given number: so deep it recurses and no deeper. */
    private static int levels(JsonNode node, int enough) {
        if (!node.isContainerNode() || enough == 0) {
            return 0;
        }
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, levels(child, enough - 1));
        }
        return deepest + 1;
    }
}
