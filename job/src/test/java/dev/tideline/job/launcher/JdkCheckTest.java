package dev.tideline.job.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever comes without the right JDK reads one line, and nothing else. */
class JdkCheckTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path jdk;

    @ParameterizedTest
    @ValueSource(strings = {"mvnw", "tideline"})
    void saysThatJavaHomeIsEmpty(String script) throws Exception {
        assertRefused(script, "JAVA_HOME is " + jdk + ", where there is no bin/java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mvnw", "tideline"})
    void saysThatJavaIsTooOld(String script) throws Exception {
        install("java", reporting("11"));
        install("javac", "exit 0");
        assertRefused(script, "JAVA_HOME is " + jdk + ", which is Java 11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mvnw", "tideline"})
    void saysThatJavaIsTooNew(String script) throws Exception {
        install("java", reporting("25"));
        install("javac", "exit 0");
        assertRefused(script, "JAVA_HOME is " + jdk + ", which is Java 25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mvnw", "tideline"})
    void saysThatThereIsNoCompiler(String script) throws Exception {
        install("java", reporting("17"));
        assertRefused(script, "JAVA_HOME is " + jdk + ", which has no compiler");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mvnw", "tideline"})
    void saysThatJavaDoesNotStart(String script) throws Exception {
        install("java", "echo 'cannot load library' >&2; exit 127");
        assertRefused(script, "JAVA_HOME is " + jdk + ", but that Java does not start");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mvnw", "tideline"})
    void saysThatThereIsNoJavaAtAll(String script) throws Exception {
        assertRefused(script, start(script, "", jdk.toString()), "no Java found: install a JDK 17");
    }

    private void assertRefused(String script, String beginning) throws IOException, InterruptedException {
        assertRefused(script, start(script, jdk.toString(), System.getenv("PATH")), beginning);
    }

    private static void assertRefused(String script, Process process, String beginning)
            throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(error.lines()).singleElement().asString().startsWith(script + ": " + beginning);
        assertThat(error).contains("17 to 21");
        assertThat(output).isEmpty();
        assertThat(process.waitFor()).isEqualTo(2);
    }

    private static Process start(String script, String javaHome, String path) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", ROOT.resolve(script).toString(), "--help");
        builder.environment().put("JAVA_HOME", javaHome);
        builder.environment().put("PATH", path);
        return builder.start();
    }

    private String reporting(String version) {
        return """
                echo 'Property settings:' >&2
                echo '    java.home = %s' >&2
                echo '    java.specification.version = %s' >&2
                """.formatted(jdk, version);
    }

    private void install(String command, String body) throws IOException {
        Path file = Files.createDirectories(jdk.resolve("bin")).resolve(command);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
