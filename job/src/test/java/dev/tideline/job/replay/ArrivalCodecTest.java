package dev.tideline.job.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Decoder;
import dev.tideline.job.ingest.DecoderSettings;
import dev.tideline.job.ingest.Received;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.ProfilePatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArrivalCodecTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final Decoder decoder = new Decoder(new DecoderSettings(true, java.util.Set.of(), null));
    private final ArrivalCodec codec = new ArrivalCodec();

    @Test
    void whatWasDecodedComesBackAsItWas() {
        unchanged(Channel.EVENTS, """
                {"event_id":"0a1B2c3d-4e5f-6789-abcd-ef0123456789","user_id":"ffffffff-FFFF-4fff-8fff-ffffffffffff",
                 "event_type":"message_sent","event_timestamp":"1969-12-31T23:59:59.123456+02:00",
                 "session_id":"00000000-0000-0000-0000-000000000001",
                 "context":{"text":"Zo\u00eb \uD83D\uDE00 \u4e16","channel":"caf\u00e9"}}""");
        unchanged(Channel.EVENTS, """
                {"event_id":"0a1b2c3d-4e5f-6789-abcd-ef0123456789","user_id":"00000000-0000-4000-8000-000000000000",
                 "event_type":"page_view","event_timestamp":"2026-03-02T00:00:00Z","context":{}}""");
        unchanged(Channel.EVENTS, """
                {"event_id":"0a1b2c3d-4e5f-6789-abcd-ef0123456789","user_id":"00000000-0000-4000-8000-000000000000",
                 "event_type":"page_view","event_timestamp":"2026-03-02T00:00:00.000001Z"}""");
        unchanged(Channel.PROFILES, """
                {"user_id":"00000000-0000-4000-8000-000000000000","updated_at":"2026-03-02T00:00:00Z",
                 "account_type":"paid","properties":{"industry":"SaaS","gone":null,"many":[1,{"a":2.50}]}}""");
        unchanged(Channel.PRIVACY, """
                {"type":"consent","user_id":"00000000-0000-4000-8000-000000000000","updated_at":"2026-03-02T00:00:00Z",
                 "purposes":{"risk_detection":true,"segmentation":false,"text_analysis":true}}""");
        unchanged(Channel.PRIVACY, """
                {"type":"erasure","user_id":"00000000-0000-4000-8000-000000000000",
                 "requested_at":"2026-03-02T00:00:00Z"}""");
        unchanged(Channel.ACTIONS, """
                {"action_id":"00000000-0000-4000-8000-00000000000a","by":"kim","at":"2026-03-02T00:00:00Z",
                 "alert_id":"00000000-0000-4000-8000-000000000000/12","action":"resolve","outcome":"unclear"}""");
    }

    @Test
    void whatIdentifiesAPersonIsNotKept() {
        Arrival back = back(Channel.PROFILES, """
                {"user_id":"00000000-0000-4000-8000-000000000000","updated_at":"2026-03-02T00:00:00Z",
                 "pii":{"email":"a@example.org"}}""");

        assertThat(back.profile()).extracting(ProfilePatch::pii).isNull();
    }

    private void unchanged(Channel channel, String json) {
        assertThat(back(channel, json)).isEqualTo(decoded(channel, json));
    }

    private Arrival back(Channel channel, String json) {
        Arrival decoded = decoded(channel, json);
        assertThat(decoded.kind()).as(json).isNotEqualTo(Arrival.Kind.REFUSED);
        return codec.read(new HistoryRecord(channel, decoded.at(), 0, codec.write(decoded)));
    }

    private Arrival decoded(Channel channel, String json) {
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        return decoder.decode(channel, new Received("a.jsonl", 0, 1, null, value, 0, NOW));
    }
}
