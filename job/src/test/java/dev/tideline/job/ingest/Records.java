package dev.tideline.job.ingest;

import dev.tideline.patterns.fact.Arrival;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Samples for tests: records as a producer would write them, and the decoder that reads them at one fixed moment. */
final class Records {
    static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    static final String USER = "7d444840-9dc0-11d1-b245-5ffdce74fad2";
    static final String EVENT_ID = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

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

    static Arrival decode(Channel channel, byte[] value) {
        return new Decoder(DecoderSettings.DEFAULT).decode(channel, received(value));
    }

    static Arrival decode(Channel channel, String value) {
        return decode(channel, value.getBytes(StandardCharsets.UTF_8));
    }

    static Received received(byte[] value) {
        return new Received("a-topic", 3, 42, USER.getBytes(StandardCharsets.UTF_8), value, NOW.toEpochMilli(), NOW);
    }
}
