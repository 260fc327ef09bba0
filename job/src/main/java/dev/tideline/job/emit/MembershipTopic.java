package dev.tideline.job.emit;

import dev.tideline.job.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a snapshot of memberships to a topic in one transaction: who reads what is committed sees all of it, or nothing.
 * Each partition gets, after its members, a message that says how many they are.
 *
 * <p>Owns a producer, and a transaction from {@link #begin} to {@link #commit} or {@link #close}. A second snapshot that
 * begins meanwhile ends the first. For one thread.
 */
public final class MembershipTopic implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final MembershipSnapshot snapshot;
    private final List<Integer> partitions;
    private final Map<Integer, LongAdder> members = new ConcurrentHashMap<>();

    private MembershipTopic(
            KafkaProducer<byte[], byte[]> producer,
            String topic,
            MembershipSnapshot snapshot,
            List<Integer> partitions) {
        this.producer = producer;
        this.topic = topic;
        this.snapshot = snapshot;
        this.partitions = partitions;
    }

    /**
     * Begins a snapshot.
     *
     * @throws KafkaException if the broker cannot be reached, or does not know the topic
     */
    public static MembershipTopic begin(Settings.Kafka kafka, String topic, MembershipSnapshot snapshot) {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties(kafka), new ByteArraySerializer(), new ByteArraySerializer());
        try {
            List<Integer> partitions = producer.partitionsFor(topic).stream()
                    .map(PartitionInfo::partition)
                    .sorted()
                    .toList();
            producer.initTransactions();
            producer.beginTransaction();
            return new MembershipTopic(producer, topic, snapshot, partitions);
        } catch (RuntimeException failed) {
            producer.close();
            throw failed;
        }
    }

    /**
     * Sends one membership, keyed by its user.
     *
     * @throws KafkaException if the transaction cannot go on
     */
    public void send(Membership membership) {
        byte[] key = membership.user().getBytes(StandardCharsets.UTF_8);
        byte[] value = Wire.membership(snapshot, membership);
        producer.send(record(null, key, value), (where, problem) -> {
            if (problem == null) {
                members.computeIfAbsent(where.partition(), partition -> new LongAdder())
                        .increment();
            }
        });
    }

    /**
     * Lets readers see it.
     *
     * @return how many memberships there are
     * @throws KafkaException if nobody will ever see any of it
     */
    public long commit() {
        producer.flush();
        long total = members.values().stream().mapToLong(LongAdder::sum).sum();
        for (int partition : partitions) {
            LongAdder here = members.get(partition);
            byte[] end = Wire.snapshotEnd(snapshot, partition, here == null ? 0 : here.sum(), total);
            producer.send(record(partition, null, end));
        }
        producer.commitTransaction();
        return total;
    }

    /** Gives up what is not committed. */
    @Override
    public void close() {
        producer.close();
    }

    private ProducerRecord<byte[], byte[]> record(@Nullable Integer partition, byte @Nullable [] key, byte[] value) {
        return new ProducerRecord<>(topic, partition, null, key, value, TopicRecord.cloudEventHeaders());
    }

    private static Map<String, Object> properties(Settings.Kafka kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.properties());
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, kafka.group() + "-segment-memberships");
        properties.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(kafka.transactionTimeout().toMillis()));
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "20");
        // Somebody waits in front of a terminal.
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "20000");
        return properties;
    }
}
