package dev.tideline.job;

import java.time.Instant;

/** Rules that come on the topic, beside those of {@code known-rules}: one that holds, one that must be refused. */
final class KnownRules {
    private static final String VIA_TOPIC = """
            {"kind":"segment","id":"via-topic","version":1,"name":"Ever looked at the prices",
             "when":{"performed":"page_view","where":"context.path == \\"/pricing\\""}}
            """;

    private KnownRules() {}

    static void send(LivePlace place) {
        place.sendRule(
                "segment/via-topic",
                VIA_TOPIC,
                Instant.parse("2025-03-01T00:00:00Z").toEpochMilli());
        place.sendRule("segment/broken", "{\"kind\":\"segment\"}", 0);
    }
}
