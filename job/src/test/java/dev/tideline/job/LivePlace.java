package dev.tideline.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.job.demo.EmbeddedKafka;
import dev.tideline.job.demo.EmbeddedPostgresServer;
import dev.tideline.job.privacy.MasterKey;
import dev.tideline.job.rules.RuleFiles;
import dev.tideline.job.settings.Secret;
import dev.tideline.job.settings.Settings;
import dev.tideline.job.settings.SettingsReader;
import dev.tideline.job.store.DatabaseLedger;
import dev.tideline.job.store.Migrations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker, a database and a Flink cluster of a test's own, and the live job between them. */
final class LivePlace implements AutoCloseable {
    static final Settings.Topics TOPICS = Settings.Topics.DEFAULT;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    static final int EVENT_PARTITIONS = 2;

    private final Path folder;
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgresServer postgres;
    private final MiniCluster flink;
    private final Secret master = MasterKey.generate();
    private final KafkaProducer<byte[], byte[]> producer;

    LivePlace(Path folder) throws Exception {
        this.folder = folder;
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        postgres = EmbeddedPostgresServer.start(folder.resolve("postgres"), 0, false);
        Migrations.apply(postgres.jdbcUrl(), postgres.user(), "");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(TOPICS.all().stream().map(LivePlace::topic).toList())
                    .all()
                    .get();
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "max.request.size", "2000000", "linger.ms", "5"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        flink = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
        flink.start();
    }

    private static NewTopic topic(String name) {
        NewTopic topic = new NewTopic(name, name.equals(TOPICS.events()) ? EVENT_PARTITIONS : 1, (short) 1);
        // Else retention would take what bears an old timestamp.
        return TOPICS.compacted().contains(name) ? topic.configs(Map.of("cleanup.policy", "compact")) : topic;
    }

    /** Starts the job, anew or from a savepoint. */
    JobID submit(@Nullable String savepoint) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        RuleFiles rules = rules(Path.of(Objects.requireNonNull(LivePlace.class.getResource("known-rules"))
                .toURI()));
        Settings settings = settings("{ idle-timeout: 500ms, end-offsets-interval: 50ms }");
        LiveJob.define(environment, settings, rules.rules(), KnownScores::of);
        JobGraph graph = environment.getStreamGraph().getJobGraph();
        if (savepoint != null) {
            graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
        }
        return flink.submitJob(graph).get().getJobID();
    }

    /**
     * Starts the job with rules of the caller's, whose folder it watches from then on.
     *
     * @param eventTime that group of settings, in one line of YAML
     */
    JobID submit(Path rules, String eventTime) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        Settings settings = settings(eventTime);
        LiveJob.define(environment, settings, rules(rules), KnownScores::of, new DatabaseLedger(settings.database()));
        return flink.submitJob(environment.getStreamGraph().getJobGraph()).get().getJobID();
    }

    private static RuleFiles rules(Path directory) throws IOException {
        RuleFiles read = RuleFiles.read(false, directory);
        assertThat(read.problems()).isEmpty();
        return read;
    }

    private Settings settings(String eventTime) {
        String yaml = """
                kafka:
                  bootstrap: %s
                database:
                  url: %s
                  user: %s
                event-time: %s
                consent:
                  default: grant
                keys:
                  master: ${env:MASTER}
                job:
                  parallelism: 2
                  checkpoint-interval: 500ms
                  checkpoint-directory: %s
                """.formatted(
                        kafka.bootstrap(),
                        postgres.jdbcUrl(),
                        postgres.user(),
                        eventTime,
                        folder.resolve("checkpoints").toUri());
        return SettingsReader.parse("test", yaml, name -> master.value());
    }

    String bootstrap() {
        return kafka.bootstrap();
    }

    void send(String topic, @Nullable String key, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(topic, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value));
    }

    void send(String topic, String key, String value) {
        send(topic, key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a rule that holds from the record's timestamp on. */
    void sendRule(String key, @Nullable String value, long timestamp) {
        producer.send(new ProducerRecord<>(
                TOPICS.rules(),
                null,
                timestamp,
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
    }

    void flush() {
        producer.flush();
    }

    /** All records of a topic that are committed, partition after partition. */
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrap(), "isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    List<JsonNode> messages(String topic) {
        return records(topic).stream().map(message -> json(message.value())).toList();
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("a message that is not JSON", e);
        }
    }

    /** The rows of a query, the columns of each joined by a blank and a bar. */
    List<String> rows(String sql) {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    values.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join(" | ", values));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    Path savepoint(JobID job) throws Exception {
        String target = folder.resolve("savepoints").toUri().toString();
        String at = flink.triggerSavepoint(job, target, false, SavepointFormatType.CANONICAL)
                .get();
        return Path.of(java.net.URI.create(at));
    }

    String stopWithSavepoint(JobID job) throws Exception {
        String target = folder.resolve("savepoints").toUri().toString();
        return flink.stopWithSavepoint(job, target, false, SavepointFormatType.CANONICAL)
                .get();
    }

    /** Whether the job is running its first and only attempt. */
    boolean neverRestarted(JobID job) throws Exception {
        AccessExecutionGraph graph = flink.getExecutionGraph(job).get();
        return graph.getState() == JobStatus.RUNNING && graph.getFailureInfo() == null && highestAttempt(graph) == 0;
    }

    private static int highestAttempt(AccessExecutionGraph graph) {
        int highest = 0;
        for (var vertex : graph.getAllExecutionVertices()) {
            highest = Math.max(highest, vertex.getCurrentExecutionAttempt().getAttemptNumber());
        }
        return highest;
    }

    /** Kills the task manager, and starts another one. */
    void killTaskManager() throws Exception {
        flink.terminateTaskManager(0).get();
        flink.startTaskManager();
    }

    /** Keeps everybody from reading and writing a table, until it is closed. */
    Connection lock(String table) throws SQLException {
        Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE tideline." + table + " IN ACCESS EXCLUSIVE MODE");
        }
        return connection;
    }

    void cancel(JobID job) throws Exception {
        flink.cancelJob(job).get();
        flink.requestJobResult(job).get();
    }

    @Override
    public void close() throws Exception {
        producer.close();
        flink.close();
        postgres.close();
        kafka.close();
    }
}
