package dev.tideline.job.ingest.tide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TideCheckpointSerializerTest {
    private final TideCheckpointSerializer serializer =
            new TideCheckpointSerializer(new KafkaSourceEnumStateSerializer(), new KafkaPartitionSplitSerializer());

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        KafkaPartitionSplit read = new KafkaPartitionSplit(new TopicPartition("user-profiles", 0), 7);
        KafkaPartitionSplit waiting =
                new KafkaPartitionSplit(new TopicPartition("events", 3), KafkaPartitionSplit.EARLIEST_OFFSET);
        TideCheckpoint checkpoint = new TideCheckpoint(
                new KafkaSourceEnumState(Set.of(read, waiting), Set.of(), true),
                123,
                456,
                true,
                Map.of("events-3", 99L),
                List.of(waiting));

        TideCheckpoint again = serializer.deserialize(serializer.getVersion(), serializer.serialize(checkpoint));

        assertThat(again.eventTime()).isEqualTo(123);
        assertThat(again.wallClock()).isEqualTo(456);
        assertThat(again.started()).isTrue();
        assertThat(again.highest()).isEqualTo(Map.of("events-3", 99L));
        assertThat(again.waiting()).containsExactly(waiting);
        assertThat(again.kafka().assignedSplits()).containsExactlyInAnyOrder(read, waiting);
        assertThat(again.kafka().initialDiscoveryFinished()).isTrue();
    }

    @Test
    void anotherVersionIsRefused() {
        assertThatThrownBy(() -> serializer.deserialize(99, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("99");
    }
}
