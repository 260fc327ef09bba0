package dev.tideline.job.ingest.tide;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.tideline.job.demo.EmbeddedKafka;
import dev.tideline.job.ingest.WallClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker with topics of its own for one test, a wall clock that can be put forward, and the job around the source. */
final class TideTestBed implements AutoCloseable {
    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(20);
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicLong FORWARD = new AtomicLong();
    private static final AtomicLong BEDS = new AtomicLong();

    private final String name = "bed" + BEDS.incrementAndGet();
    private final EmbeddedKafka kafka;
    private final TideTopics topics =
            new TideTopics(name + "-events", name + "-profiles", name + "-privacy", name + "-rules", name + "-actions");
    private final List<JobClient> jobs = new ArrayList<>();

    TideTestBed(EmbeddedKafka kafka, int eventPartitions) {
        this.kafka = kafka;
        FORWARD.set(0);
        kafka.create(topics.names().stream()
                .map(topic -> new NewTopic(topic, topic.equals(topics.events()) ? eventPartitions : 1, (short) 1))
                .toList());
    }

    TideTopics topics() {
        return topics;
    }

    Recording recording() {
        return Recording.named(name);
    }

    /** What the bed's clock shows: the system's, put forward by what {@link #putForward} said. */
    long wall() {
        return System.currentTimeMillis() + FORWARD.get();
    }

    void putForward(Duration duration) {
        FORWARD.addAndGet(duration.toMillis());
    }

    TideReading reading() {
        return TideBoard.reading(name).orElse(new TideReading(TideClock.NONE, Map.of(), false, false));
    }

    TideOptions options(boolean needsCheckpoint) {
        return new TideOptions(
                name,
                Duration.ofSeconds(10),
                IDLE_TIMEOUT,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                needsCheckpoint,
                null);
    }

    /** Starts the job with two readers and as many recorders, keyed by user. */
    JobClient start(Configuration configuration, boolean needsCheckpoint) throws Exception {
        StreamExecutionEnvironment job = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        WallClock clock = () -> System.currentTimeMillis() + FORWARD.get();
        TidelineSource source =
                TidelineSource.of(client(), topics, () -> PlainRecords::decode, options(needsCheckpoint), clock);
        job.fromSource(source, WatermarkStrategy.noWatermarks(), "tide")
                .uid("tide")
                .keyBy(arrival -> arrival.user())
                .transform("recorder", Types.VOID, new Recording.Recorder(name))
                .uid("recorder")
                .sinkTo(new DiscardingSink<>());
        JobClient client = job.executeAsync(name);
        jobs.add(client);
        return client;
    }

    JobClient start() throws Exception {
        return start(new Configuration(), false);
    }

    String stopWithSavepoint(JobClient job, Path folder) throws Exception {
        jobs.remove(job);
        return job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE.toMillis(), MILLISECONDS);
    }

    /** Writes records one after another, and waits until the broker has them all. */
    void write(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> written = new ArrayList<>();
            records.forEach(one -> written.add(producer.send(one)));
            for (Future<RecordMetadata> one : written) {
                one.get();
            }
        }
    }

    /** The same in one transaction, which leaves its mark behind the last of them. */
    void writeInTransaction(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        Properties transactional = client();
        transactional.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(transactional, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> one : records) {
                producer.send(one).get();
            }
            producer.commitTransaction();
        }
    }

    ProducerRecord<byte[], byte[]> event(int partition, String user, long at) {
        return new ProducerRecord<>(topics.events(), partition, bytes(user), bytes(String.valueOf(at)));
    }

    ProducerRecord<byte[], byte[]> other(String topic, String key, long at) {
        return new ProducerRecord<>(topic, 0, bytes(key), bytes(String.valueOf(at)));
    }

    /** Lets time pass ten times as fast until something is true that only time brings about. */
    void whileTimeFliesUntil(String what, BooleanSupplier condition) {
        until(what, () -> {
            putForward(Duration.ofMillis(50));
            return condition.getAsBoolean();
        });
    }

    /** Waits for something that must become true. */
    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain until " + what);
            }
            LockSupport.parkNanos(MILLISECONDS.toNanos(5));
        }
    }

    private Properties client() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", kafka.bootstrap());
        return properties;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        for (JobClient job : jobs) {
            job.cancel().get(PATIENCE.toMillis(), MILLISECONDS);
            until("the job is gone", () -> {
                try {
                    return job.getJobStatus().get(5, SECONDS).isGloballyTerminalState();
                } catch (Exception gone) {
                    return true;
                }
            });
        }
    }
}
