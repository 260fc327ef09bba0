package dev.tideline.job.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A long history needs no more memory than a short one: the heap that is enough for 100,000 events is enough for any number. In
 * the whole run 10,000,000 are tried, otherwise 250,000, which would not fit if a few hundred bytes of each were kept.
 */
class LittleMemoryITCase {
    private static final boolean WHOLE = Boolean.getBoolean("tideline.exhaustive");
    private static final int EVENTS = WHOLE ? 10_000_000 : 250_000;
    private static final String HEAP = "-Xmx112m";

    @TempDir
    private Path folder;

    @Test
    void aLongHistoryFitsTheHeapOfAShortOne() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                HistoryInLittleMemory.class.getName(),
                String.valueOf(EVENTS),
                folder.toString());
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended;
        try {
            ended = process.waitFor(WHOLE ? 60 : 8, TimeUnit.MINUTES);
        } finally {
            process.destroyForcibly();
        }

        String output = Files.readString(said);
        System.out.println(output);
        assertThat(ended).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(Files.size(folder.resolve("out/sessions.jsonl"))).isPositive();
    }
}
