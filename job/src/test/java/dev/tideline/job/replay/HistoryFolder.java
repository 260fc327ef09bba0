package dev.tideline.job.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.job.rules.RuleFiles;
import dev.tideline.patterns.fact.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A folder with a history, the rules for it and what its replay wrote. Times are whole hours from a Monday. */
final class HistoryFolder {
    static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;

    HistoryFolder(Path folder) {
        this.folder = folder;
    }

    Instant hour(int hour) {
        return MONDAY.plus(Duration.ofHours(hour));
    }

    String event(String user, int number, int hour, String type, String context) {
        return String.format(
                "{\"event_id\":\"00000000-0000-4000-8000-%012d\",\"user_id\":\"%s\",\"event_type\":\"%s\","
                        + "\"event_timestamp\":\"%s\",\"context\":%s}",
                number, user, type, hour(hour), context);
    }

    String profile(String user, String accountType, int hour) {
        return String.format(
                "{\"user_id\":\"%s\",\"updated_at\":\"%s\",\"account_type\":\"%s\"}", user, hour(hour), accountType);
    }

    void events(String... lines) throws IOException {
        write("events.jsonl", lines);
    }

    void write(String file, String... lines) throws IOException {
        Path input = Files.createDirectories(folder.resolve("in"));
        Files.writeString(input.resolve(file), String.join("\n", lines) + "\n");
    }

    /** The rules that hold from before the first event. */
    void rules(String yaml) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("rules")).resolve("rules.yaml"), yaml);
    }

    void moreRules(String file, String text) throws IOException {
        Path path = folder.resolve("rules").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    String consent(String user, int hour, boolean all) {
        return String.format(
                "{\"type\":\"consent\",\"user_id\":\"%s\",\"updated_at\":\"%s\",\"purposes\":"
                        + "{\"risk_detection\":%3$s,\"segmentation\":%3$s,\"text_analysis\":%3$s}}",
                user, hour(hour), all);
    }

    JsonNode replay(int untilHour, int parallelism) throws Exception {
        return replay(new ReplayOptions(
                folder.resolve("in"),
                folder.resolve("rules"),
                folder.resolve("out"),
                null,
                hour(untilHour),
                List.of(Purpose.values()),
                null,
                parallelism,
                NOW));
    }

    JsonNode replay(ReplayOptions options) throws Exception {
        RuleFiles read = RuleFiles.read(false, options.rules());
        if (!read.problems().isEmpty()) {
            throw new IllegalArgumentException(read.problems().toString());
        }
        return new Replay(options, read.rules()).run().toJson();
    }

    /** Each as: hour, segment, change, reason. */
    List<String> changes() throws IOException {
        return lines("segment-changes.jsonl").stream()
                .map(line -> String.join(
                        " ",
                        String.valueOf(Duration.between(
                                        MONDAY, Instant.parse(line.path("time").asText()))
                                .toHours()),
                        line.at("/data/segment").asText(),
                        line.at("/data/change").asText(),
                        line.at("/data/reason").asText()))
                .toList();
    }

    /** Each as: rule, status, version. */
    List<String> statuses() throws IOException {
        return lines("rule-status.jsonl").stream()
                .map(line -> line.path("rule").asText() + " "
                        + line.path("status").asText() + " "
                        + line.path("version").asText())
                .toList();
    }

    /** Each as: hour, change, user. */
    List<String> alerts() throws IOException {
        return lines("alerts.jsonl").stream()
                .map(line ->
                        Duration.between(MONDAY, Instant.parse(line.path("time").asText()))
                                        .toHours()
                                + " " + line.path("type").asText().substring("tideline.alert.".length()) + " "
                                + line.path("subject").asText())
                .toList();
    }

    JsonNode json(String file) throws IOException {
        return MAPPER.readTree(folder.resolve("out").resolve(file).toFile());
    }

    List<JsonNode> lines(String file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("out").resolve(file), StandardCharsets.UTF_8)) {
            lines.add(MAPPER.readTree(line));
        }
        return lines;
    }

    String text(String file) throws IOException {
        return Files.readString(folder.resolve("out").resolve(file), StandardCharsets.UTF_8);
    }
}
