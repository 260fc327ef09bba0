package dev.tideline.job.ingest.tide;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** Starts the events at a record timestamp, and everything else at its beginning. */
@SuppressWarnings("deprecation") // The connector's interface still speaks of OffsetResetStrategy.
final class EventsFrom implements OffsetsInitializer {
    private static final long serialVersionUID = 1L;

    private final String events;
    private final OffsetsInitializer start;

    EventsFrom(String events, long recordTimestamp) {
        this.events = events;
        this.start = OffsetsInitializer.timestamp(recordTimestamp);
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<Boolean, List<TopicPartition>> ofEvents = partitions.stream()
                .collect(
                        Collectors.partitioningBy(partition -> partition.topic().equals(events)));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        offsets.putAll(start.getPartitionOffsets(ofEvents.getOrDefault(true, List.of()), retriever));
        offsets.putAll(
                OffsetsInitializer.earliest().getPartitionOffsets(ofEvents.getOrDefault(false, List.of()), retriever));
        return offsets;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.EARLIEST;
    }
}
