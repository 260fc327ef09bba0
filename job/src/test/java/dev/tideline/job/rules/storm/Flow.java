package dev.tideline.job.rules.storm;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Events on their way to the broker, a second of event time in a second, by a thread of its own.
 *
 * <p>A rule may come so late after the time from which it holds as event time stays behind the newest event, and no later.
 * For what comes out to be known however slow the machine is, the flow waits where events would run ahead of that: no event
 * is sent at or after {@code bound}.
 */
public final class Flow implements AutoCloseable {
    private static final int TICK_MILLIS = 20;
    private static final String TOPIC = "behavioral-events";

    private final Traffic traffic;
    private final LongSupplier bound;
    private final KafkaProducer<String, String> producer;
    private final int partitions;
    private final long begin;
    private final Thread thread = new Thread(this::run, "flow");
    private volatile long frontier;
    private volatile long end = Long.MAX_VALUE;

    /**
     * @param partitions of the topic
     * @param begin where event time begins (epoch milliseconds)
     * @param bound is asked all the time, by the flow's thread
     */
    public Flow(String bootstrap, int partitions, Traffic traffic, long begin, LongSupplier bound) {
        this.traffic = traffic;
        this.partitions = partitions;
        this.begin = begin;
        this.bound = bound;
        frontier = begin;
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ProducerConfig.LINGER_MS_CONFIG, "5",
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Lets events flow. */
    public Flow start() {
        thread.start();
        return this;
    }

    /** No event at or after this instant has been sent. */
    public long frontier() {
        return frontier;
    }

    /** Waits until all events before the instant have been sent. */
    public void awaitFrontier(long instant) {
        while (frontier < instant && thread.isAlive()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
        }
    }

    /** Lets everything up to the instant be sent, and returns when the broker has it. */
    public void endAt(long instant) throws InterruptedException {
        end = instant;
        thread.join();
        producer.flush();
    }

    /**
     * After the end: each witness's last probe, and then what moves event time past it.
     *
     * @param staysBehind how far event time stays behind the newest event (milliseconds)
     */
    public void finish(long staysBehind) {
        long last = frontier + 1;
        long past = last + staysBehind + 1;
        traffic.sendLast(last, (user, event) -> producer.send(new ProducerRecord<>(TOPIC, user, event)));
        // An event moves event time no further than to when it was received.
        for (long left = past - System.currentTimeMillis(); left >= 0; left = past - System.currentTimeMillis()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left + 1));
        }
        for (int partition = 0; partition < partitions; partition++) {
            String nobody = new UUID(8, partition).toString();
            String tick = Probe.event(UUID.randomUUID().toString(), nobody, "tick", past, "{}");
            producer.send(new ProducerRecord<>(TOPIC, partition, nobody, tick));
        }
        producer.flush();
    }

    @Override
    public void close() {
        end = Long.MIN_VALUE;
        LockSupport.unpark(thread);
        producer.close();
    }

    private void run() {
        long started = System.nanoTime();
        while (frontier < end) {
            long next = frontier + TICK_MILLIS;
            parkUntil(started + TimeUnit.MILLISECONDS.toNanos(next - begin));
            awaitBound(next);
            if (end == Long.MIN_VALUE) {
                return;
            }
            traffic.send(frontier, next, (user, event) -> producer.send(new ProducerRecord<>(TOPIC, user, event)));
            frontier = next;
        }
    }

    private static void parkUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void awaitBound(long next) {
        while (next > bound.getAsLong() && end != Long.MIN_VALUE) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
