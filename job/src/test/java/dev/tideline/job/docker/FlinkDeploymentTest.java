package dev.tideline.job.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.job.Main;
import dev.tideline.job.settings.Settings;
import dev.tideline.job.settings.SettingsReader;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.apache.flink.kubernetes.operator.api.spec.FlinkVersion;
import org.apache.flink.kubernetes.operator.api.spec.JobSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobState;
import org.apache.flink.kubernetes.operator.api.spec.UpgradeMode;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;

/** Read by the classes that the operator reads it with. */
class FlinkDeploymentTest {

    private static final String MANIFEST = "kubernetes/flink-deployment.yaml";

    private final ObjectMapper mapper = new ObjectMapper();
    private final FlinkDeploymentSpec spec = deployment().getSpec();
    private final PodSpec pod = spec.getPodTemplate().getSpec();

    @Test
    void namesTheFlinkThatTheImageHolds() {
        String[] version = EnvironmentInformation.getVersion().split("\\.", 3);
        assertThat(DockerFolder.group(DockerFolder.yaml(MANIFEST), "spec"))
                .containsEntry("flinkVersion", "v" + version[0] + "_" + version[1]);
        assertThat(spec.getImage())
                .isEqualTo(DockerFolder.group(DockerFolder.yaml("compose.yaml"), "services", "jobmanager")
                        .get("image"));
    }

    /** These classes pass over a field that they do not know; so a misspelt one shows by not coming out again. */
    @Test
    void saysNothingThatTheOperatorPassesOver() {
        JsonNode understood = mapper.valueToTree(deployment());
        assertThat(lost("", mapper.valueToTree(manifest()), understood)).isEmpty();
    }

    /** Tolerated: 1.10.0, the newest of the operator's API on Maven Central, ends at Flink 1.20, and 2.2 reads as that. */
    @Test
    void isReadByAnApiThatEndsBeforeItsFlink() {
        assertThat(FlinkVersion.values()).extracting(Enum::name).doesNotContain("v2_2");
    }

    @Test
    void runsTheJobJarOfTheImageByTheRunCommand() {
        JobSpec job = spec.getJob();
        assertThat(job.getJarURI()).isEqualTo("local:///opt/flink/usrlib/tideline-job.jar");
        assertThat(job.getEntryClass()).isEqualTo(Main.class.getName());
        assertThat(job.getArgs()).containsExactly("run", "--config", "/etc/tideline/tideline.yaml");
    }

    @Test
    void goesFromVersionToVersionBySavepoint() {
        assertThat(spec.getJob().getUpgradeMode()).isEqualTo(UpgradeMode.SAVEPOINT);
        assertThat(spec.getJob().getAllowNonRestoredState()).isFalse();
        assertThat(spec.getJob().getState()).isEqualTo(JobState.RUNNING);
        assertThat(spec.getFlinkConfiguration())
                .containsKeys("execution.checkpointing.dir", "execution.checkpointing.savepoint-dir")
                .containsEntry("high-availability.type", "kubernetes");
    }

    @Test
    void keepsStateWhereAVolumeIsMounted() {
        String mount = mountOf("state");
        assertThat(spec.getFlinkConfiguration().values().stream().filter(value -> value.startsWith("file://")))
                .hasSize(3)
                .allSatisfy(uri -> assertThat(uri).startsWith("file://" + mount + "/"));
    }

    @Test
    void hasSlotsForItsParallelism() {
        Configuration flink = Configuration.fromMap(spec.getFlinkConfiguration());
        assertThat(spec.getJob().getParallelism() % flink.get(TaskManagerOptions.NUM_TASK_SLOTS))
                .isZero();
    }

    @Test
    void isRootNowhere() {
        PodSecurityContext security = pod.getSecurityContext();
        assertThat(security.getRunAsNonRoot()).isTrue();
        assertThat(security.getRunAsUser()).isEqualTo(9999);
        assertThat(mainContainer().getSecurityContext().getAllowPrivilegeEscalation())
                .isFalse();
        assertThat(mainContainer().getSecurityContext().getCapabilities().getDrop())
                .containsExactly("ALL");
    }

    @Test
    void mountsWhatTheConfigurationFileDefines() {
        List<Map<String, Object>> documents = DockerFolder.documents("kubernetes/configuration.yaml");
        ConfigMap configuration = mapper.convertValue(documents.get(0), ConfigMap.class);
        Secret secret = mapper.convertValue(documents.get(1), Secret.class);
        PersistentVolumeClaim claim = mapper.convertValue(documents.get(2), PersistentVolumeClaim.class);
        assertThat(volume("configuration").getConfigMap().getName())
                .isEqualTo(configuration.getMetadata().getName());
        assertThat(volume("secrets").getSecret().getSecretName())
                .isEqualTo(secret.getMetadata().getName());
        assertThat(volume("secrets").getSecret().getDefaultMode()).isEqualTo(0440);
        assertThat(volume("state").getPersistentVolumeClaim().getClaimName())
                .isEqualTo(claim.getMetadata().getName());
        assertThat(mountOf("configuration")).isEqualTo("/etc/tideline");
    }

    @Test
    void configuresTheJobWithSecretsThatAreMounted() {
        List<Map<String, Object>> documents = DockerFolder.documents("kubernetes/configuration.yaml");
        String yaml = DockerFolder.value(DockerFolder.group(documents.get(0), "data"), "tideline.yaml");
        for (String secret : DockerFolder.group(documents.get(1), "stringData").keySet()) {
            String reference = "${file:" + mountOf("secrets") + "/" + secret + "}";
            assertThat(yaml).contains(reference);
            yaml = yaml.replace(reference, "secret");
        }
        Settings settings = SettingsReader.parse("tideline.yaml", yaml, name -> null);
        assertThat(settings.database().user()).isEqualTo("tideline_job");
    }

    private static List<String> lost(String path, JsonNode said, JsonNode understood) {
        if (said.isContainerNode()) {
            List<String> lost = new ArrayList<>();
            said.properties()
                    .forEach(field -> lost.addAll(
                            lost(path + "/" + field.getKey(), field.getValue(), understood.path(field.getKey()))));
            for (int at = 0; said.isArray() && at < said.size(); at++) {
                lost.addAll(lost(path + "/" + at, said.get(at), understood.path(at)));
            }
            return lost;
        }
        boolean same = said.isNumber()
                ? said.asDouble() == understood.asDouble()
                : said.asText().equals(understood.asText());
        return same ? List.of() : List.of(path);
    }

    private FlinkDeployment deployment() {
        return mapper.convertValue(manifest(), FlinkDeployment.class);
    }

    private static Map<String, Object> manifest() {
        Map<String, Object> manifest = DockerFolder.yaml(MANIFEST);
        DockerFolder.group(manifest, "spec").put("flinkVersion", "v1_20");
        return manifest;
    }

    private Container mainContainer() {
        assertThat(pod.getContainers()).hasSize(1);
        assertThat(pod.getContainers().get(0).getName()).isEqualTo("flink-main-container");
        return pod.getContainers().get(0);
    }

    private String mountOf(String volume) {
        return mainContainer().getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(volume))
                .findFirst()
                .orElseThrow()
                .getMountPath();
    }

    private Volume volume(String name) {
        return pod.getVolumes().stream()
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
