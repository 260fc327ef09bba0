package dev.tideline.job.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.Main;
import dev.tideline.job.settings.Settings;
import dev.tideline.job.settings.SettingsReader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeTest {

    private static final Pattern FILE_REFERENCE = Pattern.compile("\\$\\{file:/run/secrets/([^}]+)}");

    private final Map<String, Object> compose = DockerFolder.yaml("compose.yaml");

    @Test
    void runsTheVersionsThatTheTestsRun() {
        assertThat(service("kafka")).containsEntry("image", "apache/kafka:" + AppInfoParser.getVersion());
        assertThat(service("topics")).containsEntry("image", service("kafka").get("image"));
        assertThat(service("postgres")).containsEntry("image", "postgres:18");
        assertThat(service("roles")).containsEntry("image", service("postgres").get("image"));
    }

    @Test
    void givesRootToNobody() {
        assertThat(services().keySet())
                .allSatisfy(
                        name -> assertThat(service(name).get("user")).as(name).isIn("appuser", "postgres", "flink"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobmanager", "taskmanager"})
    void startsTheImageOfTheDockerfileWithTheConfiguration(String name) {
        assertThat(service(name)).containsEntry("image", "tideline-job:0.1.0");
        assertThat(DockerFolder.group(service(name), "build"))
                .containsEntry("context", "..")
                .containsEntry("dockerfile", "docker/Dockerfile");
        assertThat(list(service(name), "volumes")).contains("./tideline.yaml:/etc/tideline/tideline.yaml:ro");
    }

    @Test
    void runsTheJobByItsMainClassAndTheRunCommand() {
        assertThat(DockerFolder.value(service("jobmanager"), "command"))
                .startsWith("standalone-job ")
                .endsWith("--job-classname " + Main.class.getName() + " run --config /etc/tideline/tideline.yaml");
    }

    @Test
    void migratesByTheSameImageAsTheOwner() {
        assertThat(service("migrate"))
                .containsEntry("image", service("jobmanager").get("image"))
                .containsEntry("command", List.of("migrate", "--config", "/etc/tideline/migrate.yaml"))
                .containsEntry("secrets", List.of("tideline_owner_password"));
        assertThat(settings("migrate.yaml").database().user()).isEqualTo("tideline_owner");
        assertThat(settings("migrate.yaml").database().url())
                .isEqualTo(settings("tideline.yaml").database().url());
        assertThat(settings("tideline.yaml").database().user()).isEqualTo("tideline_job");
    }

    @Test
    void startsNothingBeforeWhatItNeeds() {
        assertThat(DockerFolder.group(service("topics"), "depends_on", "kafka"))
                .containsEntry("condition", "service_healthy");
        assertThat(DockerFolder.group(service("roles"), "depends_on", "postgres"))
                .containsEntry("condition", "service_healthy");
        assertThat(DockerFolder.group(service("migrate"), "depends_on", "roles"))
                .containsEntry("condition", "service_completed_successfully");
        assertThat(DockerFolder.group(service("jobmanager"), "depends_on"))
                .containsOnlyKeys("topics", "migrate")
                .allSatisfy((name, condition) ->
                        assertThat(condition).isEqualTo(Map.of("condition", "service_completed_successfully")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "postgres", "jobmanager", "taskmanager"})
    void asksWhatKeepsRunningForItsHealth(String name) {
        assertThat(DockerFolder.group(service(name), "healthcheck")).containsKeys("test", "interval", "retries");
    }

    @Test
    void keepsDataInVolumesAndPortsOnThisMachine() {
        assertThat(DockerFolder.group(compose, "volumes")).containsOnlyKeys("kafka", "postgres", "state");
        for (String name : List.of("kafka", "postgres", "jobmanager")) {
            assertThat(list(service(name), "ports"))
                    .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
        }
    }

    @Test
    void mountsEverySecretThatTheConfigurationNames() {
        List<String> named = FILE_REFERENCE
                .matcher(DockerFolder.text("tideline.yaml"))
                .results()
                .map(reference -> reference.group(1))
                .toList();
        assertThat(named).containsExactlyInAnyOrder("tideline_job_password", "tideline_master_key");
        assertThat(list(service("jobmanager"), "secrets")).containsAll(named);
        assertThat(list(service("taskmanager"), "secrets")).containsAll(named);
    }

    @Test
    void letsTheBrokerAllowTheTransactionsThatTheJobOpens() {
        Settings settings = settings("tideline.yaml");
        Map<String, Object> broker = DockerFolder.group(service("kafka"), "environment");
        Duration allowed =
                Duration.ofMillis(Long.parseLong(DockerFolder.value(broker, "KAFKA_TRANSACTION_MAX_TIMEOUT_MS")));
        assertThat(settings.kafka().transactionTimeout()).isLessThanOrEqualTo(allowed);
        assertThat(settings.kafka().bootstrap()).isEqualTo("kafka:9092");
        assertThat(settings.database().url()).isEqualTo("jdbc:postgresql://postgres:5432/tideline");
    }

    @Test
    void givesFlinkMemoryThatFlinkCanDivide() {
        Configuration flink = new Configuration();
        DockerFolder.value(DockerFolder.group(service("taskmanager"), "environment"), "FLINK_PROPERTIES")
                .lines()
                .map(line -> line.split(": ", 2))
                .forEach(property -> flink.setString(property[0], property[1]));
        ConfigOption<MemorySize> size = TaskManagerOptions.TOTAL_PROCESS_MEMORY;
        assertThat(TaskExecutorProcessUtils.processSpecFromConfig(flink).getTotalProcessMemorySize())
                .isEqualTo(flink.get(size));
        assertThat(flink.get(JobManagerOptions.ADDRESS)).isEqualTo("jobmanager");
    }

    @Test
    void namesOnlyFilesThatAreThere() {
        assertThat(List.of(
                        "tideline.yaml", "migrate.yaml", "kafka/topics.sh", "postgres/roles.sh", "postgres/roles.sql"))
                .allSatisfy(name -> assertThat(Files.exists(DockerFolder.path(name)))
                        .as(name)
                        .isTrue());
    }

    private static Settings settings(String name) {
        String yaml = FILE_REFERENCE.matcher(DockerFolder.text(name)).replaceAll("secret");
        return SettingsReader.parse(name, yaml, variable -> null);
    }

    private Map<String, Object> services() {
        return DockerFolder.group(compose, "services");
    }

    private Map<String, Object> service(String name) {
        return DockerFolder.group(compose, "services", name);
    }

    private static List<String> list(Map<String, Object> group, String key) {
        return group.get(key) instanceof List<?> entries
                ? entries.stream().map(String::valueOf).toList()
                : List.of();
    }
}
