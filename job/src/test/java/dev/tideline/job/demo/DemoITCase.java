package dev.tideline.job.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a person meets it: a process that starts, tells, and leaves nothing behind. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class DemoITCase {
    private static final int SIGTERM = 143;

    @TempDir
    private Path folder;

    private @Nullable Process process;

    @AfterEach
    void leaveNothingBehind() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void runsForItsTimeThenSumsUpAndLeavesNeitherProcessNorFile() throws Exception {
        Running demo = start("--users", "60", "--duration", "20s", "--speed", "30", "--parallelism", "1");
        Path data = demo.dataFolder();
        ProcessHandle postgres = postmasterOf(data);
        List<String> lines = demo.linesToTheEnd();
        assertThat(demo.exitCode()).isZero();
        assertThat(lines).anyMatch(DemoITCase::isAlert).contains("Summary of this run", "Rows by table:");
        assertThat(rows(lines, "risk_alerts")).isPositive();
        assertThat(postgres.isAlive()).isFalse();
        assertThat(data).doesNotExist();
    }

    @Test
    void stopsInOrderOnSigtermAndGoesOnInItsFolder() throws Exception {
        String[] arguments = {"--users", "20", "--speed", "30", "--parallelism", "1", "--data-dir", data().toString()};
        Running first = start(arguments);
        first.linesUntil(DemoITCase::isAlert);
        ProcessHandle postgres = postmasterOf(data());
        first.terminate();
        List<String> lines = first.linesToTheEnd();
        assertThat(first.exitCode()).isEqualTo(SIGTERM);
        assertThat(lines).contains("Summary of this run");
        assertThat(postgres.isAlive()).isFalse();

        Running second = start(with(arguments, "--duration", "5s"));
        List<String> later = second.linesToTheEnd();
        assertThat(second.exitCode()).isZero();
        assertThat(rows(later, "behavioral_events")).isGreaterThan(rows(lines, "behavioral_events"));
        assertThat(rows(later, "consents")).isEqualTo(rows(lines, "consents"));
    }

    @Test
    void whatCannotBeDoneIsSaidInOneLine() throws Exception {
        for (String[] wrong : new String[][] {
            {"--speed", "0"}, {"--duration", "soon"}, {"--users", "0"}, {"--events", "nowhere.jsonl"}, {"--seed", "one"}
        }) {
            Running demo = start(wrong);
            assertThat(demo.linesToTheEnd()).singleElement().asString().contains(wrong[0]);
            assertThat(demo.exitCode()).isEqualTo(2);
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx2g",
                "-Dtideline.log=" + folder.resolve("demo.log"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.tideline.job.Main",
                "demo"));
        command.addAll(List.of(arguments));
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        process = started;
        return new Running(started, started.inputReader());
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    private static boolean isAlert(String line) {
        return line.contains("  ALERT ");
    }

    private static ProcessHandle postmasterOf(Path data) throws IOException {
        Path file = data.resolve("postgres").resolve("postmaster.pid");
        ProcessHandle postmaster = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(file).get(0)))
                .orElseThrow();
        assertThat(postmaster.isAlive()).isTrue();
        return postmaster;
    }

    private static long rows(List<String> lines, String table) {
        return lines.stream()
                .filter(line -> line.startsWith("  " + table + " "))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    /** A demo and what it says. */
    private record Running(Process process, BufferedReader output) {
        List<String> linesUntil(Predicate<String> last) throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (last.test(line)) {
                    return lines;
                }
            }
            throw new AssertionError("it ended without the line, saying " + lines);
        }

        List<String> linesToTheEnd() {
            return output.lines().toList();
        }

        Path dataFolder() throws IOException {
            String prefix = "  Data ";
            List<String> lines = linesUntil(line -> line.startsWith(prefix));
            String line = lines.get(lines.size() - 1).substring(prefix.length()).strip();
            return Path.of(line.substring(0, line.indexOf(" (")));
        }

        void terminate() {
            // By its handle: the process itself would close the stream that we still want to read.
            process.toHandle().destroy();
        }

        int exitCode() throws InterruptedException {
            return process.waitFor();
        }
    }
}
