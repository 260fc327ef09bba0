package dev.tideline.job.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tideline.job.demo.EmbeddedKafka;
import dev.tideline.job.demo.EmbeddedPostgresServer;
import dev.tideline.job.emit.Membership;
import dev.tideline.job.emit.MembershipSnapshot;
import dev.tideline.job.emit.MembershipTopic;
import dev.tideline.job.settings.SettingsReader;
import dev.tideline.job.store.Migrations;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Thirty people, each in one of two segments, and three who have left; published to a real broker. */
class MembershipsCommandITCase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static final int PARTITIONS = 3;
    private static final int MEMBERS = 30;

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static EmbeddedPostgresServer postgres;

    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();
    private Path config;
    private String topic;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        postgres = EmbeddedPostgresServer.start(folder.resolve("postgres"), 0, false);
        Migrations.apply(postgres.jdbcUrl(), postgres.user(), "");
        for (int number = 0; number < MEMBERS + 3; number++) {
            belongs(user(number), number % 3 == 0 ? "busy" : "hesitant", 1 + 2 * number, number < MEMBERS);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        IOUtils.closeAll(kafka, postgres);
    }

    @BeforeEach
    void aTopic() throws IOException {
        topic = "memberships-" + TOPICS.incrementAndGet();
        kafka.create(List.of(new NewTopic(topic, PARTITIONS, (short) 1)));
        config = Files.writeString(folder.resolve("tideline.yaml"), """
                kafka:
                  bootstrap: %s
                  topics: { segment-memberships: %s }
                  properties: { max.block.ms: "5000" }
                database: { url: "%s", user: %s }
                """.formatted(
                        kafka.bootstrap(), topic, postgres.jdbcUrl(), postgres.user()));
    }

    @Test
    void publishesEachMembershipKeyedByItsUser() throws IOException {
        assertThat(run()).as(error.toString()).isZero();

        List<ConsumerRecord<byte[], byte[]>> members =
                records().stream().filter(MembershipsCommandITCase::isMember).toList();
        assertThat(members).hasSize(MEMBERS);
        assertThat(members)
                .allSatisfy(each -> assertThat(new String(each.key(), StandardCharsets.UTF_8))
                        .isEqualTo(json(each.value()).path("subject").asText()));
        JsonNode seventh = members.stream()
                .map(each -> json(each.value()))
                .filter(each -> each.path("subject").asText().equals(user(7)))
                .findFirst()
                .orElseThrow();
        assertThat(seventh.path("type").asText()).isEqualTo("tideline.segment.member");
        assertThat(seventh.path("source").asText()).isEqualTo("/tideline/segments/hesitant");
        assertThat(seventh.at("/data/version").asInt()).isEqualTo(4);
        assertThat(seventh.at("/data/sequence").asInt()).isEqualTo(15);
        assertThat(seventh.at("/data/member_since").asText()).isEqualTo("2026-10-05T09:00:00.123Z");
        assertThat(seventh.at("/data/expires_at").isNull()).isTrue();
    }

    @Test
    void endsEachPartitionWithHowManyThereAre() {
        assertThat(run()).as(error.toString()).isZero();

        List<ConsumerRecord<byte[], byte[]>> records = records();
        String snapshot = json(records.get(0).value()).at("/data/snapshot").asText();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int here = partition;
            List<ConsumerRecord<byte[], byte[]>> all =
                    records.stream().filter(each -> each.partition() == here).toList();
            JsonNode end = json(all.get(all.size() - 1).value());
            assertThat(end.path("type").asText()).isEqualTo("tideline.segment.snapshot");
            assertThat(end.at("/data/snapshot").asText()).isEqualTo(snapshot);
            assertThat(end.at("/data/partition").asInt()).isEqualTo(partition);
            assertThat(end.at("/data/members").asInt())
                    .isEqualTo(all.size() - 1)
                    .isPositive();
            assertThat(end.at("/data/members_total").asInt()).isEqualTo(MEMBERS);
            assertThat(Instant.parse(end.at("/data/changes_since").asText()))
                    .isEqualTo(Instant.parse(end.path("time").asText()).minus(Duration.ofHours(1)));
        }
        assertThat(out.toString().strip())
                .isEqualTo(MEMBERS + " memberships published to " + topic + ", snapshot " + snapshot);
    }

    @Test
    void meetsItsSchema() throws IOException {
        assertThat(run()).as(error.toString()).isZero();
        assertThat(run("--segment", "busy", "--stdout")).isZero();

        Schema schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        registry -> registry.schemaIdResolvers(
                                ids -> ids.mapPrefix("https://tideline.dev/schema/", "classpath:schema/")))
                .getSchema(SchemaLocation.of("https://tideline.dev/schema/segment-member.schema.json"));
        List<String> messages = new ArrayList<>(records().stream()
                .map(each -> new String(each.value(), StandardCharsets.UTF_8))
                .toList());
        out.toString().lines().skip(1).forEach(messages::add);
        assertThat(messages).hasSize(MEMBERS + PARTITIONS + MEMBERS / 3 + 1);
        assertThat(messages)
                .allSatisfy(message -> assertThat(complaints(schema, message)).isEmpty());
        assertThat(complaints(schema, messages.get(0).replace("segment.member", "segment.snapshot")))
                .isNotEmpty();
    }

    @Test
    void publishesToAnotherTopicTheSegmentsThatAreAskedFor() {
        String other = topic + "-of-another-name";
        kafka.create(List.of(new NewTopic(other, 1, (short) 1)));

        assertThat(run("--segment", "busy", "--topic", other))
                .as(error.toString())
                .isZero();
        assertThat(records()).isEmpty();
        assertThat(records(other)).hasSize(MEMBERS / 3 + 1);
        assertThat(out.toString()).startsWith(MEMBERS / 3 + " memberships published to " + other);
    }

    @Test
    void printsThemOneALineAndPublishesNothing() {
        assertThat(run("--segment", "busy", "--segment", "hesitant", "--stdout"))
                .isZero();

        List<JsonNode> printed = out.toString()
                .lines()
                .map(line -> json(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        assertThat(printed).hasSize(MEMBERS + 1);
        assertThat(printed.get(MEMBERS).at("/data/members").asInt()).isEqualTo(MEMBERS);
        assertThat(printed.get(MEMBERS).at("/data/segments")).hasSize(2);
        assertThat(records()).isEmpty();
    }

    @Test
    void saysThatThereIsNoSuchSegment() {
        assertThat(run("--segment", "bsuy")).isEqualTo(2);
        assertThat(error.toString())
                .startsWith("tideline: there is no segment bsuy")
                .hasLineCount(1);
        assertThat(records()).isEmpty();
    }

    @Test
    void saysThatTheBrokerIsAway() throws IOException {
        Files.writeString(config, Files.readString(config).replace(kafka.bootstrap(), "localhost:1"));

        assertThat(run()).isEqualTo(2);
        assertThat(error.toString()).startsWith("tideline: Kafka: ").hasLineCount(1);
    }

    @Test
    void showsNothingOfASnapshotThatAnotherOvertook() {
        MembershipSnapshot first = new MembershipSnapshot(new UUID(0, 1).toString(), Instant.EPOCH, List.of());
        try (MembershipTopic overtaken =
                MembershipTopic.begin(SettingsReader.read(config).kafka(), topic, first)) {
            overtaken.send(new Membership(user(0), "busy", 1, 1, null, null));
            assertThat(run()).as(error.toString()).isZero();

            assertThatThrownBy(overtaken::commit).isInstanceOf(KafkaException.class);
        }
        assertThat(records())
                .hasSize(MEMBERS + PARTITIONS)
                .noneMatch(
                        each -> json(each.value()).at("/data/snapshot").asText().equals(first.id()));
    }

    @Test
    void givesUpWhatIsNotCommitted() {
        MembershipSnapshot first = new MembershipSnapshot(new UUID(0, 2).toString(), Instant.EPOCH, List.of());
        try (MembershipTopic unfinished =
                MembershipTopic.begin(SettingsReader.read(config).kafka(), topic, first)) {
            unfinished.send(new Membership(user(0), "busy", 1, 1, null, null));
        }

        assertThat(records()).isEmpty();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("memberships", "--config", config.toString()));
        all.addAll(List.of(arguments));
        CommandLine command = TidelineCommand.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(error, true));
        return command.execute(all.toArray(String[]::new));
    }

    private List<ConsumerRecord<byte[], byte[]>> records() {
        return records(topic);
    }

    /** All that is committed, partition after partition. */
    private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrap(), "isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static boolean isMember(ConsumerRecord<byte[], byte[]> message) {
        return json(message.value()).path("type").asText().equals("tideline.segment.member");
    }

    private static List<String> complaints(Schema schema, String message) {
        return schema
                .validate(
                        message,
                        InputFormat.JSON,
                        execution -> execution.executionConfig(settings -> settings.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonNode json(byte[] message) {
        try {
            return JSON.readTree(message);
        } catch (IOException e) {
            throw new IllegalStateException("a message that is not JSON", e);
        }
    }

    private static String user(int number) {
        return new UUID(0x4000L, 0x8000000000000000L + number).toString();
    }

    private static void belongs(String user, String segment, int sequence, boolean member) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "");
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO tideline.segment_membership (user_id, segment_id, version, member, member_since,"
                                + " changed_at, reason, sequence) VALUES (?::uuid, ?, 4, ?,"
                                + " '2026-10-05T09:00:00.123Z', '2026-10-05T09:00:00.123Z', 'event', ?)")) {
            statement.setString(1, user);
            statement.setString(2, segment);
            statement.setBoolean(3, member);
            statement.setInt(4, sequence);
            statement.executeUpdate();
        }
    }
}
