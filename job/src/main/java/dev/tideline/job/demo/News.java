package dev.tideline.job.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;

/** A CloudEvent as it stands on one of the output topics. */
record News(String id, String type, String subject, Instant time, JsonNode data) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Reads the structured JSON form. */
    static News read(byte[] value) {
        try {
            JsonNode event = MAPPER.readTree(value);
            return new News(
                    event.path("id").asText(),
                    event.path("type").asText(),
                    event.path("subject").asText(),
                    Instant.parse(event.path("time").asText()),
                    event.path("data"));
        } catch (IOException broken) {
            throw new IllegalStateException("the job wrote what is not JSON", broken);
        }
    }

    /** The last part of the type: {@code opened}, {@code entered} … */
    String what() {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** The user as a person can tell one from another on a screen. */
    String who() {
        return subject.length() <= 8 ? subject : subject.substring(0, 8);
    }
}
