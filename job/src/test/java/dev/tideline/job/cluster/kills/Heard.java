package dev.tideline.job.cluster.kills;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Every segment change that a reader of what is committed heard of, in the texts of {@link Recount}. For one thread. */
public final class Heard implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(120);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<String> ids = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();

    public Heard(String bootstrap) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(consumer.partitionsFor("segment-changes").stream()
                .map(partition -> new TopicPartition("segment-changes", partition.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    /** Reads on until so many changes were heard; gives up when nothing has been heard for long. */
    public void await(int count) {
        long deadline = System.nanoTime() + LONGEST_SILENCE.toNanos();
        while (changes.size() < count && System.nanoTime() < deadline) {
            if (readOn()) {
                deadline = System.nanoTime() + LONGEST_SILENCE.toNanos();
            }
        }
    }

    /** Reads all that is committed now. */
    public void readToTheEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            readOn();
        }
    }

    /** The messages' ids. */
    public List<String> ids() {
        return ids;
    }

    /** The changes as text. */
    public List<String> changes() {
        return changes;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private boolean readOn() {
        boolean any = false;
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
            any = true;
            hear(each.value());
        }
        return any;
    }

    private void hear(byte[] value) {
        try {
            JsonNode message = JSON.readTree(value);
            JsonNode data = message.get("data");
            ids.add(message.get("id").asText());
            changes.add(new Recount.Change(
                            message.get("subject").asText(),
                            data.get("segment").asText(),
                            data.get("sequence").asLong(),
                            data.get("change").asText().equals("entered"),
                            millis(message.get("time")),
                            millis(data.get("member_since")))
                    .toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long millis(JsonNode time) {
        return Instant.parse(time.asText()).toEpochMilli();
    }
}
