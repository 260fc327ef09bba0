package dev.tideline.job.rules.storm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that was told on a topic, from its beginning, read on as it comes. For one thread at a time. */
public final class Told implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<JsonNode> messages = new ArrayList<>();

    public Told(String bootstrap, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    /** All messages so far, those of a partition in their order. */
    public List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    /** Reads on until what was read is enough; false if it never is. */
    public boolean await(Predicate<List<JsonNode>> enough) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!enough.test(messages)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            readOn(Duration.ofMillis(100));
        }
        return true;
    }

    /** Reads what comes within this time, or the first of it. */
    public void readOn(Duration atMost) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(atMost)) {
            messages.add(parse(new String(each.value(), StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** A document as a tree. */
    public static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
