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
import java.util.Map;
import java.util.TreeMap;

/** Counts what a replay wrote, by rule, and holds it against the labels. */
public final class Summary implements Outputs.Witness {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String PREFIX = "tideline.alert.";

    private final Instant until;
    private final long lines;
    private final Labels labels;
    private final Map<String, Long> alertChanges = new TreeMap<>();
    private final Map<String, Long> alertsOpened = new TreeMap<>();
    private final Map<String, Long> signals = new TreeMap<>();
    private final Map<String, Map<String, Long>> segments = new TreeMap<>();
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
            case SEGMENT_CHANGES -> segmentChange(MAPPER.readTree(line).path("data"));
            case DEAD_LETTERS ->
                count(refused, MAPPER.readTree(line).path("reason").asText());
            case RULE_STATUS ->
                count(ruleStatus, MAPPER.readTree(line).path("status").asText());
            case SESSIONS -> sessions++;
        }
    }

    private void alert(JsonNode event) {
        String change = event.path("type").asText().substring(PREFIX.length());
        JsonNode data = event.path("data");
        Level level = Level.valueOf(data.path("level").asText());
        count(alertChanges, change);
        data.path("trigger")
                .forEach(signal -> count(signals, signal.path("pattern").asText()));
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

    private void segmentChange(JsonNode data) {
        count(
                segments.computeIfAbsent(data.path("segment").asText(), any -> new TreeMap<>()),
                data.path("change").asText());
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
        json.set("changes_by_segment", MAPPER.valueToTree(segments));
        json.set("rule_status", MAPPER.valueToTree(ruleStatus));
        if (!labels.isEmpty()) {
            json.set("labels", new Measures(labels, firstAlerts, episodes).toJson(MAPPER));
        }
        return json;
    }

    void write(Path file) throws IOException {
        MAPPER.writeValue(file.toFile(), toJson());
    }
}
