package dev.tideline.job.person;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/** Reads the JSON that decoding has already found good. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** The document, or a missing node where there is none. */
    static JsonNode read(@Nullable String json) {
        if (json == null) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            // The message of a parse error quotes its source: leave it out.
            throw new IllegalStateException("JSON that passed decoding cannot be read, length " + json.length());
        }
    }

    /** A JSON string's text; any other JSON as it stands. */
    static String text(String json) {
        JsonNode node = read(json);
        return node.isTextual() ? node.textValue() : json;
    }
}
