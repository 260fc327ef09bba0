package dev.tideline.job.ingest.tide;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Received;
import dev.tideline.patterns.fact.Arrival;
import java.io.Serializable;

/** What a record says; it answers every input, a bad one with an arrival of kind {@code REFUSED}. Used by one thread. */
@FunctionalInterface
public interface RecordDecoder {
    /** What came in by the channel. */
    Arrival decode(Channel channel, Received received);

    /** Makes one decoder for each reader, on the machine where the reader runs. */
    @FunctionalInterface
    interface Maker extends Serializable {
        /** A decoder of the caller's own. */
        RecordDecoder make();
    }
}
