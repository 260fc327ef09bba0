package dev.tideline.job.demo;

import dev.tideline.job.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How many events the job has not read yet, as of its latest checkpoint: what any monitor of the broker would see. */
final class Lag implements AutoCloseable {
    private final Admin admin;
    private final Settings.Kafka kafka;

    Lag(Settings.Kafka kafka) {
        this.kafka = kafka;
        this.admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
    }

    /** The lag in words; a question mark while it cannot be known. */
    String words() {
        try {
            return Long.toString(count());
        } catch (ExecutionException away) {
            return "?";
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return "?";
        }
    }

    private long count() throws ExecutionException, InterruptedException {
        String events = kafka.topics().events();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < DemoTopics.EVENT_PARTITIONS; partition++) {
            latest.put(new TopicPartition(events, partition), OffsetSpec.latest());
        }
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(kafka.group())
                .partitionsToOffsetAndMetadata()
                .get();
        long[] lag = {0};
        admin.listOffsets(latest).all().get().forEach((partition, end) -> {
            OffsetAndMetadata committed = read.get(partition);
            lag[0] += end.offset() - (committed == null ? 0 : committed.offset());
        });
        return lag[0];
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
