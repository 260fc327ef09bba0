package dev.tideline.job.ingest.tide;

import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * What a checkpoint keeps of the source's enumerator.
 *
 * @param kafka what Kafka's own enumerator keeps
 * @param eventTime where event time stood; {@link TideClock#NONE} before the first event
 * @param wallClock what the wall clock showed then
 * @param started whether events are let in
 * @param highest by partition the highest event time that was read, of those that had an event
 * @param waiting the partitions that Kafka's enumerator believes assigned, and that are held back
 */
public record TideCheckpoint(
        KafkaSourceEnumState kafka,
        long eventTime,
        long wallClock,
        boolean started,
        Map<String, Long> highest,
        List<KafkaPartitionSplit> waiting) {
    public TideCheckpoint {
        highest = Map.copyOf(highest);
        waiting = List.copyOf(waiting);
    }
}
