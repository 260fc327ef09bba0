package dev.tideline.job.cluster;

import dev.tideline.job.demo.EmbeddedKafka;
import dev.tideline.job.demo.EmbeddedPostgresServer;
import dev.tideline.job.docker.DockerFolder;
import dev.tideline.job.docker.Script;
import dev.tideline.job.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** What {@code docker/compose.yaml} starts around the job: a broker with the topics, a database with roles and schema. */
final class Deployment implements AutoCloseable {
    static final int PARTITIONS = 2;

    private final Path folder;
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgresServer postgres;

    private Deployment(Path folder) throws IOException {
        this.folder = folder;
        kafka = EmbeddedKafka.start(
                folder.resolve("kafka"), 0, Map.of("transaction.max.timeout.ms", transactionMaxTimeout()));
        postgres = EmbeddedPostgresServer.start(folder.resolve("postgres"), 0, false);
    }

    static Deployment start(Path folder) throws Exception {
        Deployment deployment = new Deployment(folder);
        Script.run("secrets.sh", Map.of(), folder.resolve("secrets"));
        deployment.makeTopics();
        deployment.as("postgres", "postgres", "CREATE DATABASE tideline");
        deployment.as("tideline", "postgres", DockerFolder.text("postgres/roles.sql"));
        deployment.migrate();
        return deployment;
    }

    String bootstrap() {
        return kafka.bootstrap();
    }

    /** A configuration file of {@code docker/}, with the places of this machine. */
    Path configuration(String name) throws IOException {
        return configuration(name, "");
    }

    /** The same with more groups of settings, as YAML. */
    Path configuration(String name, String more) throws IOException {
        String text = DockerFolder.text(name)
                .replace("kafka:9092", kafka.bootstrap())
                .replace("postgres:5432", "localhost:" + postgres.port())
                .replace("/run/secrets", folder.resolve("secrets").toString())
                .replace("/opt/flink/state", folder.resolve("state").toString());
        // Readers of segment changes wait for checkpoints, and a test need not wait ten seconds for each.
        String quick = text.replace("checkpoint-directory:", "checkpoint-interval: 2s\n  checkpoint-directory:");
        return Files.writeString(folder.resolve(name), quick + more);
    }

    /** The rows of a query, the columns of each joined by {@code |}. */
    List<String> rows(String query) throws SQLException {
        try (Connection connection = connect("tideline", "postgres");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    values.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join("|", values));
            }
            return rows;
        }
    }

    @Override
    public void close() throws IOException {
        kafka.close();
        postgres.close();
    }

    private static String transactionMaxTimeout() {
        return DockerFolder.value(
                DockerFolder.group(DockerFolder.yaml("compose.yaml"), "services", "kafka", "environment"),
                "KAFKA_TRANSACTION_MAX_TIMEOUT_MS");
    }

    private void makeTopics() throws ExecutionException, InterruptedException {
        Settings.Topics topics = Settings.Topics.DEFAULT;
        List<NewTopic> wanted = topics.all().stream()
                .map(name -> new NewTopic(name, partitions(name, topics), (short) 1)
                        .configs(Map.of("cleanup.policy", topics.compacted().contains(name) ? "compact" : "delete")))
                .toList();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap()))) {
            admin.createTopics(wanted).all().get();
        }
    }

    /** Rules that refer to each other keep their order, as {@code kafka/topics.sh} has it. */
    private static int partitions(String name, Settings.Topics topics) {
        return name.equals(topics.rules()) || name.equals(topics.ruleStatus()) ? 1 : PARTITIONS;
    }

    /** As the service {@code migrate} of the compose file does it: the job jar, beside the cluster's libraries. */
    private void migrate() throws IOException {
        List<String> classPath = new ArrayList<>(List.of(JobJar.FILE.toString()));
        classPath.addAll(JobJar.flink());
        List<String> arguments =
                List.of("migrate", "--config", configuration("migrate.yaml").toString());
        JavaProcess.Program program =
                new JavaProcess.Program("dev.tideline.job.Main", classPath, List.of("-Xmx256m"), arguments, Map.of());
        JavaProcess.start("migrate", folder, program).finish();
    }

    private void as(String database, String user, String sql) throws SQLException {
        try (Connection connection = connect(database, user);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect(String database, String user) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + postgres.port() + "/" + database, user, "");
    }
}
