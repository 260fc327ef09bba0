package dev.tideline.job.worlds;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.job.replay.Replay;
import dev.tideline.job.replay.ReplayOptions;
import dev.tideline.job.rules.RuleFiles;
import dev.tideline.patterns.fact.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Worlds through a replay, from files to files. */
final class ReplayRun {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private ReplayRun() {}

    /**
     * What a replay tells of a batch.
     *
     * @param folder an empty one
     */
    static List<Told> of(Batch batch, Path folder, int parallelism) throws Exception {
        Path input = Files.createDirectories(folder.resolve("in"));
        write(input.resolve("events.jsonl"), batch, Deed.Did.class::isInstance);
        write(input.resolve("profiles.jsonl"), batch, Deed.Patched.class::isInstance);
        write(
                input.resolve("privacy.jsonl"),
                batch,
                deed -> deed instanceof Deed.Consented || deed instanceof Deed.Erased);
        Path rules = rules(batch, folder);
        RuleFiles read = RuleFiles.read(false, rules);
        if (!read.problems().isEmpty()) {
            throw new AssertionError(read.problems());
        }
        Path output = folder.resolve("out");
        ReplayOptions options = new ReplayOptions(
                input,
                rules,
                output,
                null,
                Instant.ofEpochMilli(batch.until()),
                List.of(Purpose.values()),
                null,
                parallelism,
                NOW);
        new Replay(options, read.rules()).run();
        if (!Files.readString(output.resolve("dead-letters.jsonl")).isEmpty()) {
            throw new AssertionError(Files.readString(output.resolve("dead-letters.jsonl")));
        }
        List<Told> told = new ArrayList<>();
        for (String line : Files.readAllLines(output.resolve("segment-changes.jsonl"))) {
            told.add(Told.of(MAPPER.readTree(line)));
        }
        return told;
    }

    private static void write(Path file, Batch batch, Predicate<Deed> which) throws IOException {
        Files.write(file, batch.deeds().stream().filter(which).map(Deed::line).toList());
    }

    /** Of those that are there from the start and name no other some stand in the folder, others in the history. */
    private static Path rules(Batch batch, Path folder) throws IOException {
        List<String> files = new ArrayList<>();
        files.add(Alarms.documents());
        List<String> lines = new ArrayList<>();
        for (Ruling ruling : batch.rulings()) {
            boolean alone = ruling.at() == Ruling.START && Rulings.names(ruling).isEmpty();
            if (alone && ruling.id().hashCode() % 2 == 0) {
                ObjectNode document = Objects.requireNonNull(ruling.document());
                files.add(document.toString());
            } else {
                lines.add(ruling.line());
            }
        }
        Files.write(folder.resolve("in/rules.jsonl"), lines);
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), String.join("\n---\n", files));
        return rules;
    }
}
