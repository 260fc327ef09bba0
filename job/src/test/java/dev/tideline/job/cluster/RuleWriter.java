package dev.tideline.job.cluster;

import dev.tideline.job.rules.storm.Change;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes changes to the topic, and knows which of them nothing can undo: what lies below an offset that the job committed
 * is part of a checkpoint, in every task.
 */
final class RuleWriter implements AutoCloseable {
    private static final String GROUP = "tideline";
    private static final TopicPartition RULES = new TopicPartition("rules", 0);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(120);

    private final List<Change> changes;
    private final KafkaProducer<String, String> producer;
    private final Admin admin;
    private volatile int sent;
    private int kept;
    private long lookedAt = System.nanoTime();

    /** @param changes all there will ever be, in the order of their time; the topic is empty */
    RuleWriter(String bootstrap, List<Change> changes) {
        this.changes = changes;
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                new StringSerializer(),
                new StringSerializer());
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    }

    /** Writes the next change; returns when the broker has it. */
    void sendNext() throws ExecutionException, InterruptedException {
        Change next = changes.get(sent);
        long offset = producer.send(new ProducerRecord<>("rules", 0, next.at(), next.key(), next.document()))
                .get()
                .offset();
        if (offset != sent) {
            throw new AssertionError("somebody else wrote to the topic, too: offset " + offset + " at change " + sent);
        }
        sent++;
    }

    /** Writes changes, one each {@code pauseMillis}, until so many are written. */
    void sendUntil(int count, long pauseMillis) throws ExecutionException, InterruptedException {
        long begin = System.nanoTime();
        for (int number = 1; sent < count; number++) {
            sendNext();
            long next = begin + TimeUnit.MILLISECONDS.toNanos(number * pauseMillis);
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    /**
     * Waits until all that was written is kept.
     *
     * @param diagnosis what to say of the job if that takes too long
     */
    void awaitAllKept(Supplier<String> diagnosis) {
        long deadline = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (firstNotKept() < sent) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the job has kept " + kept + " of " + sent + " changes\n" + diagnosis.get());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /** The time of the first change that might still have to be read again; {@link Long#MAX_VALUE} if there is none. */
    synchronized long firstTimeNotKept() {
        int first = firstNotKept();
        return first < changes.size() ? changes.get(first).at() : Long.MAX_VALUE;
    }

    private synchronized int firstNotKept() {
        if (kept < changes.size() && System.nanoTime() - lookedAt > BETWEEN_LOOKS_NANOS) {
            lookedAt = System.nanoTime();
            kept = committed();
        }
        return kept;
    }

    private int committed() {
        try {
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(RULES);
            return committed == null ? 0 : (int) committed.offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError("the broker does not say what the job committed", e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
