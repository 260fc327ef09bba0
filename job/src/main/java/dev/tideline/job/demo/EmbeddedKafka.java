package dev.tideline.job.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this process, broker and controller in one, reachable from this machine only. It can be stopped and
 * started again on the same folder and port, with all that was written. For one thread at a time.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final int LEADER_ATTEMPTS = 300;
    private static final long LEADER_PAUSE_MILLIS = 100;

    private static final String HOST = "127.0.0.1";

    private final Properties properties;
    private final int port;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafka(Properties properties, int port) {
        this.properties = properties;
        this.port = port;
    }

    /** Starts a broker that makes no topic unless told to; the folder is formatted if it is new. Port 0 takes a free one. */
    public static EmbeddedKafka start(Path folder, int port) {
        return start(folder, port, Map.of());
    }

    /**
     * Starts a broker.
     *
     * @param port the port to listen on; 0 takes a free one
     * @param overrides settings of the broker that differ
     */
    public static EmbeddedKafka start(Path folder, int port, Map<String, String> overrides) {
        int listenOn = port == 0 ? freePort() : port;
        EmbeddedKafka kafka = new EmbeddedKafka(settings(folder, listenOn, freePort(), overrides), listenOn);
        kafka.format(folder);
        kafka.start();
        return kafka;
    }

    /** Starts the stopped broker again, where it was. */
    public void start() {
        if (server != null) {
            throw new IllegalStateException("already listening on " + bootstrap());
        }
        KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        starting.startup();
        server = starting;
    }

    /** Stops the broker, and waits until it is gone; nothing if it is stopped already. */
    public void stop() {
        KafkaRaftServer stopping = server;
        if (stopping != null) {
            stopping.shutdown();
            stopping.awaitShutdown();
            server = null;
        }
    }

    /** Where clients find it, as {@code host:port}. */
    public String bootstrap() {
        return HOST + ":" + port;
    }

    /**
     * Creates topics, and waits until the broker leads all their partitions. An idempotent producer that writes sooner may
     * have its first batch refused and its second one taken, and never comes out of that.
     */
    public void create(Collection<NewTopic> topics) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap()))) {
            admin.createTopics(topics).all().get();
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            for (NewTopic topic : topics) {
                for (int partition = 0; partition < Math.max(1, topic.numPartitions()); partition++) {
                    partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
                }
            }
            awaitLeaders(admin, partitions);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were created", stopped);
        } catch (ExecutionException refused) {
            throw new IllegalStateException("cannot create topics: " + refused.getMessage(), refused);
        }
    }

    /** A broker that was only just told of a topic may still say that there is none. */
    private static void awaitLeaders(Admin admin, Map<TopicPartition, OffsetSpec> partitions)
            throws InterruptedException, ExecutionException {
        for (int attempt = 1; ; attempt++) {
            try {
                admin.listOffsets(partitions).all().get();
                return;
            } catch (ExecutionException notYet) {
                if (attempt == LEADER_ATTEMPTS || !(notYet.getCause() instanceof RetriableException)) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(LEADER_PAUSE_MILLIS);
            }
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static Properties settings(Path folder, int port, int controllerPort, Map<String, String> overrides) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort,
                "advertised.listeners", "PLAINTEXT://" + HOST + ":" + port,
                "controller.listener.names", "CONTROLLER",
                "controller.quorum.bootstrap.servers", HOST + ":" + controllerPort,
                "log.dirs", folder.resolve("data").toString(),
                "auto.create.topics.enable", "false",
                "num.partitions", "1"));
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                "log.cleaner.dedupe.buffer.size", "8388608"));
        settings.putAll(overrides);
        return settings;
    }

    private void format(Path folder) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("server.properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            int code = StorageTool.execute(
                    new String[] {
                        "format", "--standalone", "--ignore-formatted", "-t", clusterId(folder), "-c", file.toString()
                    },
                    new PrintStream(said, true, StandardCharsets.UTF_8));
            if (code != 0) {
                throw new IllegalStateException(
                        "cannot format " + folder + ": " + said.toString(StandardCharsets.UTF_8));
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write to " + folder, unwritable);
        }
    }

    private static String clusterId(Path folder) throws IOException {
        Path file = folder.resolve("cluster.id");
        if (!Files.exists(file)) {
            Files.writeString(file, Uuid.randomUuid().toString());
        }
        return Files.readString(file);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("no free port", none);
        }
    }
}
