package dev.tideline.job.ingest.tide;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;

/** Takes records alone: the times, the watermarks and the idleness that the Kafka reader finds for itself go nowhere. */
abstract class OutputOfRecords implements SourceOutput<Fetched> {
    @Override
    public final void collect(Fetched fetched, long timestamp) {
        collect(fetched);
    }

    @Override
    public final void emitWatermark(Watermark watermark) {}

    @Override
    public final void markIdle() {}

    @Override
    public final void markActive() {}
}
