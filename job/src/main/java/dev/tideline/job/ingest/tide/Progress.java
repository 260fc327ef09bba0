package dev.tideline.job.ingest.tide;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/** From a reader to the enumerator: how far its partitions have been read, those only where something changed. */
record Progress(List<OfPartition> partitions) implements SourceEvent {
    Progress {
        partitions = List.copyOf(partitions);
    }

    /**
     * How far a partition has been read.
     *
     * @param position the offset after the last record handed on; {@link TideClock#NONE} if there was none yet
     * @param highest the highest event time, none of them above its reception; {@link TideClock#NONE} without events
     */
    record OfPartition(String topic, int partition, long position, long highest) implements Serializable {}
}
