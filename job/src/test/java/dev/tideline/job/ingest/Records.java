package dev.tideline.job.ingest;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Samples for tests: records as a producer would write them, and the decoder that reads them at one fixed moment. */
final class Records {
    static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    static final String USER = "7d444840-9dc0-11d1-b245-5ffdce74fad2";
    static final String EVENT_ID = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    static final String ACTION_ID = "0b0e4a1c-3e67-4b1a-9d1f-6a4c7d6f2a10";

    static final String PAGE_VIEW = """
            {"event_id":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6","user_id":"7d444840-9dc0-11d1-b245-5ffdce74fad2",\
            "event_type":"page_view","event_timestamp":"2026-11-21T07:59:00.123456+00:00",\
            "session_id":"00000000-0000-4000-8000-000000000001",\
            "context":{"path":"/reports/weekly","referrer":"https://example.org/start?from=mail","pages":3,"share":0.75,\
            "experiments":["blue-button","short-form"],"device":{"kind":"phone","width":390}}}""";

    static final String MOOD_LOG = """
            {"event_id":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6","user_id":"7d444840-9dc0-11d1-b245-5ffdce74fad2",\
            "event_type":"emotion_logged","event_timestamp":"2026-11-21T07:59:00Z",\
            "context":{"mood":3,"emotion":"sad","note":"Slept badly \\u00fcber alles.","scale_max":10}}""";

    private Records() {}

    /**
     * A page view with some of its fields otherwise.
     *
     * @param changes in pairs: a name, and the value as JSON, or null to leave the field out
     */
    static String event(@Nullable String... changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("event_id", quoted(EVENT_ID));
        fields.put("user_id", quoted(USER));
        fields.put("event_type", quoted("page_view"));
        fields.put("event_timestamp", quoted("2026-11-21T07:59:00Z"));
        return object(fields, changes);
    }

    /** An event of the type with the context. */
    static String typed(String type, String context) {
        return event("event_type", quoted(type), "context", context);
    }

    static String profile(@Nullable String... changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("user_id", quoted(USER));
        fields.put("updated_at", quoted("2026-11-20T10:00:00Z"));
        return object(fields, changes);
    }

    static String consent(@Nullable String... changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("type", quoted("consent"));
        fields.put("user_id", quoted(USER));
        fields.put("purposes", "{\"risk_detection\":true,\"segmentation\":false,\"text_analysis\":true}");
        fields.put("updated_at", quoted("2026-11-20T10:00:00Z"));
        return object(fields, changes);
    }

    static String erasure(@Nullable String... changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("type", quoted("erasure"));
        fields.put("user_id", quoted(USER));
        fields.put("requested_at", quoted("2026-11-20T10:00:00Z"));
        return object(fields, changes);
    }

    static String action(@Nullable String... changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("action_id", quoted(ACTION_ID));
        fields.put("alert_id", quoted(USER + "/7"));
        fields.put("action", quoted("acknowledge"));
        fields.put("by", quoted("kim"));
        fields.put("at", quoted("2026-11-21T07:00:00Z"));
        return object(fields, changes);
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String object(Map<String, String> fields, @Nullable String... changes) {
        for (int i = 0; i < changes.length; i += 2) {
            String name = Objects.requireNonNull(changes[i]);
            String value = changes[i + 1];
            if (value == null) {
                fields.remove(name);
            } else {
                fields.put(name, value);
            }
        }
        return fields.entrySet().stream()
                .map(field -> quoted(field.getKey()) + ":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    static Arrival decode(Channel channel, byte @Nullable [] value) {
        return new Decoder(DecoderSettings.DEFAULT).decode(channel, received(value));
    }

    static Arrival decode(Channel channel, String value) {
        return decode(channel, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The dead letter that the record became. */
    static DeadLetter refused(Arrival arrival) {
        return Objects.requireNonNull(arrival.refused(), () -> "accepted: " + arrival);
    }

    static Received received(byte @Nullable [] value) {
        return new Received("a-topic", 3, 42, USER.getBytes(StandardCharsets.UTF_8), value, NOW.toEpochMilli(), NOW);
    }
}
