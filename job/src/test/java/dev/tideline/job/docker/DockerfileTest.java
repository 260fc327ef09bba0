package dev.tideline.job.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;

class DockerfileTest {

    private final List<String> instructions = DockerFolder.text("Dockerfile")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();

    @Test
    void standsOnTheFlinkThatTheTestsRunOn() {
        assertThat(instructions).first().isEqualTo("FROM flink:" + EnvironmentInformation.getVersion() + "-java17");
    }

    @Test
    void putsTheJobJarWhereFlinkLooksForIt() {
        assertThat(instructions)
                .contains("COPY --chown=flink:flink job/target/tideline-job.jar /opt/flink/usrlib/tideline-job.jar");
        assertThat(DockerFolder.text("Dockerfile.dockerignore").lines()).contains("*", "!job/target/tideline-job.jar");
    }

    @Test
    void givesUpRootAndDoesNotTakeItBack() {
        assertThat(instructions).last().isEqualTo("USER flink");
    }
}
