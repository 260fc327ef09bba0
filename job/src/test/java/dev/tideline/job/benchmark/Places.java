package dev.tideline.job.benchmark;

import dev.tideline.job.cluster.JavaProcess;
import dev.tideline.job.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Where it all runs: Flink in this process, the broker in another. */
final class Places implements AutoCloseable {
    static final int PARTITIONS = 4;

    private final JavaProcess broker;
    private final String bootstrap;

    private Places(JavaProcess broker, String bootstrap) {
        this.broker = broker;
        this.bootstrap = bootstrap;
    }

    /** Starts a broker with the job's topics and these. */
    static Places start(Path folder, List<String> moreTopics) throws Exception {
        int port = freePort();
        List<String> classPath = List.of(System.getProperty("java.class.path").split(":"));
        JavaProcess broker = JavaProcess.start(
                "broker",
                folder,
                new JavaProcess.Program(
                        Broker.class.getName(),
                        classPath,
                        List.of("-Xmx768m"),
                        List.of(folder.resolve("kafka").toString(), String.valueOf(port)),
                        Map.of()));
        Places places = new Places(broker, "127.0.0.1:" + port);
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", places.bootstrap))) {
            List<NewTopic> topics = Stream.concat(Settings.Topics.DEFAULT.all().stream(), moreTopics.stream())
                    .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                    .toList();
            admin.createTopics(topics).all().get(2, TimeUnit.MINUTES);
        }
        return places;
    }

    /** Flink in this process, two tasks at a time. */
    static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 2);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        return StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    }

    String bootstrap() {
        return bootstrap;
    }

    /** Somebody who writes to a topic; what they give is there when this returns. */
    interface Writer {
        void write(BiConsumer<String, String> out);
    }

    void fill(String topic, Writer writer) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", "20", "compression.type", "lz4"),
                new StringSerializer(),
                new StringSerializer())) {
            writer.write((key, value) -> producer.send(new ProducerRecord<>(topic, key, value)));
            producer.flush();
        }
    }

    @Override
    public void close() {
        broker.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A new AES key, as {@code docker/secrets.sh} makes it. */
    static String masterKey() {
        byte[] key = new byte[34];
        new Random(3).nextBytes(key);
        key[0] = 0x1A;
        key[1] = 32;
        return "{\"primaryKeyId\":1,\"key\":[{\"keyData\":{\"typeUrl\":\"type.googleapis.com/google.crypto.tink.AesGcmKey\","
                + "\"value\":\"" + Base64.getEncoder().encodeToString(key)
                + "\",\"keyMaterialType\":\"SYMMETRIC\"},\"status\":\"ENABLED\",\"keyId\":1,"
                + "\"outputPrefixType\":\"TINK\"}]}";
    }
}
