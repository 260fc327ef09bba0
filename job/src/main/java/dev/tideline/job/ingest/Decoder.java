package dev.tideline.job.ingest;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.RuleRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Turns what came in into what travels, or into a dead letter that says why not. Pure, and never throws because of its
 * input. Confined to one thread: make one for each.
 */
public final class Decoder {
    private final DecoderSettings settings;

    public Decoder(DecoderSettings settings) {
        this.settings = settings;
    }

    /** What the record says; of kind {@code REFUSED} if it may not come in. */
    public Arrival decode(Channel channel, Received received) {
        byte[] value = received.value();
        if (channel == Channel.RULES) {
            byte[] key = received.key();
            return Arrival.of(new RuleRecord(
                    key == null ? "" : new String(key, StandardCharsets.UTF_8),
                    value == null ? null : new String(value, StandardCharsets.UTF_8),
                    Instant.ofEpochMilli(received.recordTimestamp())));
        }
        throw new UnsupportedOperationException("not there yet: " + settings);
    }
}
