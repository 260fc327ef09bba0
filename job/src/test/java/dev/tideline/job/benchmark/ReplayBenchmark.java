package dev.tideline.job.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Decoder;
import dev.tideline.job.ingest.DecoderSettings;
import dev.tideline.job.ingest.Received;
import dev.tideline.job.replay.Progress;
import dev.tideline.job.replay.Replay;
import dev.tideline.job.replay.ReplayOptions;
import dev.tideline.job.rules.RuleFiles;
import dev.tideline.patterns.alert.StaffRoutine;
import dev.tideline.patterns.fact.Purpose;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Measures a replay against reading and parsing the same file, in one run; prints the table of {@code benchmarks.md}. */
final class ReplayBenchmark {
    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final Path folder;
    private final int tasks;

    private ReplayBenchmark(Path folder, int tasks) {
        this.folder = folder;
        this.tasks = tasks;
    }

    /** Arguments: how many events without text (1,000,000), how many with (2,000), how many tasks (2). */
    public static void main(String[] arguments) throws Exception {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int texts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
        int tasks = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
        ReplayBenchmark benchmark = new ReplayBenchmark(Files.createTempDirectory("tideline-replay"), tasks);
        benchmark.measure("without text", events, out -> new Traffic().withoutText(events, out));
        if (texts > 0) {
            benchmark.measure("each a new text", texts, out -> new Traffic().withText(Texts.of(texts), out));
        }
        System.exit(0);
    }

    private void measure(String what, int events, Consumer<BiConsumer<String, String>> traffic) throws Exception {
        Path input = Files.createDirectories(folder.resolve(what.replace(' ', '-')));
        Path file = input.resolve("events.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            traffic.accept((user, line) -> write(out, line));
        }
        long all = events + Traffic.extra();
        jackson(file); // warms up
        double parsed = all / jackson(file);
        double decoded = all / decoder(file);
        long started = System.nanoTime();
        try (Progress progress = Progress.on(new PrintWriter(System.out, true), false)) {
            new Replay(options(input), RuleFiles.read(true, null).rules(), progress).run();
        }
        double replayed = all / seconds(started);
        print(what + ": read, Jackson's tree of each line", parsed, replayed);
        print(what + ": read, the job's own decoder", decoded, replayed);
        print(what + ": replay, " + tasks + " tasks", replayed, replayed);
    }

    private static void write(BufferedWriter out, String line) {
        try {
            out.write(line);
            out.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ReplayOptions options(Path input) {
        return new ReplayOptions(
                input,
                input,
                input.resolve("results"),
                null,
                null,
                List.of(Purpose.values()),
                new StaffRoutine(
                        Duration.ofHours(1).toMillis(), Duration.ofDays(7).toMillis()),
                tasks,
                NOW);
    }

    private static double jackson(Path file) throws IOException {
        long started = System.nanoTime();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            long types = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                types += JACKSON.readTree(line).path("event_type").asText().length();
            }
            check(types > 0);
        }
        return seconds(started);
    }

    private static double decoder(Path file) throws IOException {
        Decoder decoder = new Decoder(DecoderSettings.DEFAULT);
        long started = System.nanoTime();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            long number = 0;
            long accepted = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                byte[] value = line.getBytes(StandardCharsets.UTF_8);
                Received received = new Received("events.jsonl", 0, ++number, null, value, 0, NOW);
                accepted += decoder.decode(Channel.EVENTS, received).event() == null ? 0 : 1;
            }
            check(accepted == number);
        }
        return seconds(started);
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("the file does not hold what was written");
        }
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    private static void print(String what, double aSecond, double replayed) {
        System.out.printf(Locale.ROOT, "| %s | %,.0f | %.3f |%n", what, aSecond, replayed / aSecond);
    }
}
