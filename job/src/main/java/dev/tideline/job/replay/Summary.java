package dev.tideline.job.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.patterns.fact.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a replay wrote, by rule, and holds it against the labels. */
public final class Summary implements Outputs.Witness {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final List<String> TOLD_OF_RULES =
            List.of("status", "version", "mode", "reason", "shadow", "counts");
    private static final String PREFIX = "tideline.alert.";

    private final Instant until;
    private final long lines;
    private final Labels labels;
    private final Map<String, Long> alertChanges = new TreeMap<>();
    private final Map<String, Long> alertsOpened = new TreeMap<>();
    private final Map<String, Long> signals = new TreeMap<>();
    private final Map<String, Map<String, Long>> levels = new TreeMap<>();
    private final Map<String, SegmentFigures> segments = new TreeMap<>();
    private final Map<String, ObjectNode> rules = new TreeMap<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private final Map<String, Long> ruleStatus = new TreeMap<>();
    private final Map<String, Map<Level, Instant>> firstAlerts = new HashMap<>();
    private long episodes;
    private long sessions;

    Summary(Instant until, long lines, Labels labels) {
        this.until = until;
        this.lines = lines;
        this.labels = labels;
    }

    @Override
    public void saw(Output output, byte[] line) throws IOException {
        switch (output) {
            case ALERTS -> alert(MAPPER.readTree(line));
            case SEGMENT_CHANGES -> segmentChange(MAPPER.readTree(line));
            case DEAD_LETTERS ->
                count(refused, MAPPER.readTree(line).path("reason").asText());
            case RULE_STATUS -> ruleStatus(MAPPER.readTree(line));
            case SESSIONS -> sessions++;
        }
    }

    private void alert(JsonNode event) {
        String change = event.path("type").asText().substring(PREFIX.length());
        JsonNode data = event.path("data");
        Level level = Level.valueOf(data.path("level").asText());
        count(alertChanges, change);
        for (JsonNode signal : data.path("trigger")) {
            String pattern = signal.path("pattern").asText();
            count(signals, pattern);
            count(
                    levels.computeIfAbsent(pattern, any -> new TreeMap<>()),
                    signal.path("level").asText());
        }
        if (change.equals("opened")) {
            count(alertsOpened, level.name());
        }
        if (change.equals("opened") || change.equals("escalated")) {
            rose(
                    event.path("subject").asText(),
                    level,
                    Instant.parse(event.path("time").asText()));
        }
    }

    private void rose(String user, Level level, Instant at) {
        if (!labels.byUser().containsKey(user)) {
            return;
        }
        episodes++;
        Map<Level, Instant> first = firstAlerts.computeIfAbsent(user, any -> new EnumMap<>(Level.class));
        for (Level reached : Level.values()) {
            if (level.atLeast(reached)) {
                first.putIfAbsent(reached, at);
            }
        }
    }

    private void segmentChange(JsonNode event) {
        JsonNode data = event.path("data");
        segments.computeIfAbsent(data.path("segment").asText(), any -> new SegmentFigures())
                .take(event.path("time").asText(), data.path("change").asText().equals("entered"));
    }

    private void ruleStatus(JsonNode status) {
        count(ruleStatus, status.path("status").asText());
        ObjectNode last = MAPPER.createObjectNode();
        for (String field : TOLD_OF_RULES) {
            if (status.hasNonNull(field)) {
                last.set(field, status.get(field));
            }
        }
        rules.put(status.path("rule").asText(), last);
    }

    private static void count(Map<String, Long> counts, String name) {
        counts.merge(name, 1L, Long::sum);
    }

    /** The figures as JSON. */
    public JsonNode toJson() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("until", until.toString());
        json.put("lines", lines);
        json.put("refused", refused.values().stream().mapToLong(Long::longValue).sum());
        json.set("refused_by_reason", MAPPER.valueToTree(refused));
        json.put("sessions", sessions);
        json.set("alerts", MAPPER.valueToTree(alertChanges));
        json.set("alerts_opened_by_level", MAPPER.valueToTree(alertsOpened));
        json.set("signals_by_pattern", MAPPER.valueToTree(signals));
        json.set("signals_by_pattern_and_level", MAPPER.valueToTree(levels));
        ObjectNode changes = json.putObject("changes_by_segment");
        segments.forEach((segment, figures) -> changes.set(segment, figures.toJson(MAPPER)));
        json.set("rule_status", MAPPER.valueToTree(ruleStatus));
        json.set("rules", MAPPER.valueToTree(rules));
        if (!labels.isEmpty()) {
            json.set("labels", new Measures(labels, firstAlerts, episodes).toJson(MAPPER));
        }
        return json;
    }

    void write(Path file) throws IOException {
        MAPPER.writeValue(file.toFile(), toJson());
    }
}
