package dev.tideline.job.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.privacy.MasterKey;
import dev.tideline.job.settings.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsScriptTest {

    @TempDir
    private Path temporary;

    @Test
    void makesEverySecretOfTheComposeFile() throws Exception {
        assertThat(made("one").keySet())
                .isEqualTo(new TreeSet<>(DockerFolder.group(DockerFolder.yaml("compose.yaml"), "secrets")
                        .keySet()));
    }

    @Test
    void makesAMasterKeyThatOpensWhatItSealed() throws Exception {
        MasterKey key = MasterKey.of(new Secret(secret(made("one"), "tideline_master_key")));
        byte[] plain = "a data key".getBytes(StandardCharsets.UTF_8);
        assertThat(key.open("owner", key.seal("owner", plain))).isEqualTo(plain);
    }

    @Test
    void makesNoSecretTwice() throws Exception {
        Map<String, String> one = made("one");
        assertThat(Set.copyOf(one.values())).hasSameSizeAs(one.values());
        assertThat(made("another").values()).doesNotContainAnyElementsOf(one.values());
    }

    @Test
    void keepsWhatIsThere() throws Exception {
        assertThat(made("one")).isEqualTo(made("one"));
    }

    @Test
    void letsNobodyElseIntoTheFolder() throws Exception {
        made("one");
        assertThat(Files.getPosixFilePermissions(temporary.resolve("one")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    private Map<String, String> made(String folder) throws IOException, InterruptedException {
        Path secrets = temporary.resolve(folder);
        Script.run("secrets.sh", Map.of(), secrets);
        Map<String, String> made = new TreeMap<>();
        try (Stream<Path> files = Files.list(secrets)) {
            for (Path file : files.toList()) {
                made.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return made;
    }

    private static String secret(Map<String, String> made, String name) {
        return made.getOrDefault(name, "missing");
    }
}
