package dev.tideline.job.ingest.tide;

import dev.tideline.job.ingest.tide.TideClock.Span;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker where the input partitions begin and end. Blocks, a few seconds at most. One thread looks; another may
 * close.
 */
final class BrokerView implements Closeable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
    private static final Duration PROBE_POLL = Duration.ofMillis(100);
    private static final int PROBE_POLLS = 20;

    private final Properties client;
    private final TideTopics topics;
    private final IsolationLevel isolation;
    private @Nullable Admin admin;
    private boolean closed;

    BrokerView(Properties consumer, TideTopics topics) {
        this.client = new Properties();
        this.client.putAll(consumer);
        this.client.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.topics = topics;
        this.isolation = IsolationLevel.valueOf(
                consumer.getProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG).toUpperCase(Locale.ROOT));
    }

    /**
     * What the broker says.
     *
     * @param nothingLeftBelow of the suspects, those where nothing that can be read lies below an offset
     */
    record Look(List<Span> spans, Map<String, Long> nothingLeftBelow) {}

    /** A partition that stands still at a position just short of its end. */
    record Suspect(TopicPartition partition, long position, long end) {}

    /** Where all partitions of all topics begin and end, and whether the suspects can be read to their ends at all. */
    Look look(List<Suspect> suspects) throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = partitions();
        Map<TopicPartition, Long> begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        List<Span> spans = new ArrayList<>();
        ends.forEach((partition, end) -> spans.add(new Span(
                partition.toString(), topics.channelOf(partition.topic()), begins.getOrDefault(partition, 0L), end)));
        return new Look(spans, suspects.isEmpty() ? Map.of() : probe(suspects));
    }

    private List<TopicPartition> partitions() throws ExecutionException, InterruptedException {
        return admin()
                .describeTopics(topics.names(), new DescribeTopicsOptions().timeoutMs((int) ANSWER_WITHIN.toMillis()))
                .allTopicNames()
                .get()
                .values()
                .stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(TopicPartitionInfo::partition)
                        .map(partition -> new TopicPartition(topic.name(), partition)))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec where)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin().listOffsets(
                        partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> where)),
                        new ListOffsetsOptions(isolation).timeoutMs((int) ANSWER_WITHIN.toMillis()))
                .all()
                .get()
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /**
     * The last offsets of a partition may hold marks of transactions, or have been compacted away: a consumer goes past
     * them, and has nothing to show for it.
     */
    private Map<String, Long> probe(List<Suspect> suspects) {
        Map<String, Long> nothingLeftBelow = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(probing(client), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (Suspect suspect : suspects) {
                if (nothingToRead(consumer, suspect)) {
                    nothingLeftBelow.put(suspect.partition().toString(), suspect.end());
                }
            }
        }
        return nothingLeftBelow;
    }

    private static boolean nothingToRead(KafkaConsumer<byte[], byte[]> consumer, Suspect suspect) {
        consumer.assign(List.of(suspect.partition()));
        consumer.seek(suspect.partition(), suspect.position());
        for (int polls = 0; polls < PROBE_POLLS; polls++) {
            if (!consumer.poll(PROBE_POLL).isEmpty()) {
                return false;
            }
            if (consumer.position(suspect.partition()) >= suspect.end()) {
                return true;
            }
        }
        return false;
    }

    private static Properties probing(Properties client) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        properties.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "1");
        return properties;
    }

    private synchronized Admin admin() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        Admin current = admin;
        if (current == null) {
            current = Admin.create(client);
            admin = current;
        }
        return current;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
