package dev.tideline.job.ingest;

import dev.tideline.job.privacy.Sealer;
import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment decides about decoding.
 *
 * @param arrivalIsEventTime whether an event counts as having arrived at its event time: for history that is replayed
 * @param vocabulary the event types that are accepted; empty accepts all
 * @param payloadSealer encrypts refused values into their dead letters; null where keeping them is switched off
 */
public record DecoderSettings(
        boolean arrivalIsEventTime,
        Set<String> vocabulary,
        @Nullable Sealer payloadSealer) implements Serializable {
    /** As shipped: live, any event type, no payloads kept. */
    public static final DecoderSettings DEFAULT = new DecoderSettings(false, Set.of(), null);

    public DecoderSettings {
        vocabulary = Set.copyOf(vocabulary);
    }
}
