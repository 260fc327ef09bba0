package dev.tideline.job;

import static dev.tideline.job.KnownPeople.named;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a place's topics hold, a line each, for people: all that matters, in the order of user and time. */
final class SeenIn {
    private SeenIn() {}

    /** Waits until event time stands at the end of the first part, and what comes of it is told. */
    static void awaitFirstPart(LivePlace place) {
        Eventually.see(() -> changes(place).size(), size -> size >= 11);
    }

    /** Waits until each record of the second part has been taken. */
    static void awaitSecondPart(LivePlace place) {
        Eventually.see(
                () -> place.rows("SELECT 1 FROM tideline.behavioral_events WHERE late UNION ALL"
                                + " SELECT 2 FROM tideline.profile_changes WHERE updated_at > '2025-03-20' UNION ALL"
                                + " SELECT 3 FROM tideline.consents WHERE NOT segmentation UNION ALL"
                                + " SELECT 4 FROM tideline.erasures UNION ALL"
                                + " SELECT 5 FROM tideline.risk_alerts WHERE reason = 'staff'")
                        .size(),
                size -> size == 5);
    }

    static List<String> alerts(LivePlace place) {
        return lines(place.messages(LivePlace.TOPICS.alerts()));
    }

    /** The alerts as a reader sees them who drops what bears an id that was there before. */
    static List<String> alertsOnce(LivePlace place) {
        Map<String, JsonNode> once = new LinkedHashMap<>();
        place.messages(LivePlace.TOPICS.alerts())
                .forEach(message -> once.putIfAbsent(message.path("id").asText(), message));
        return lines(once.values());
    }

    private static List<String> lines(Collection<JsonNode> alerts) {
        return alerts.stream()
                .sorted(Comparator.comparing((JsonNode message) ->
                                named(message.at("/data/alert_id").asText()))
                        .thenComparing(message -> message.path("time").asText()))
                .map(SeenIn::alert)
                .toList();
    }

    private static String alert(JsonNode message) {
        JsonNode data = message.path("data");
        StringBuilder line = new StringBuilder(named(data.path("alert_id").asText()));
        line.append(' ').append(message.path("type").asText().replace("tideline.alert.", ""));
        line.append(' ').append(data.path("level").asText());
        line.append(' ').append(data.path("status").asText());
        line.append(' ').append(message.path("time").asText());
        for (JsonNode signal : data.path("trigger")) {
            List<String> events = new ArrayList<>();
            signal.at("/evidence/events").forEach(event -> events.add(named(event.asText())));
            line.append(' ').append(signal.path("pattern").asText());
            line.append('/').append(signal.path("version").asText());
            line.append(' ').append(events);
        }
        return data.has("reason")
                ? line.append(' ').append(data.path("reason").asText()).toString()
                : line.toString();
    }

    static List<String> changes(LivePlace place) {
        return place.messages(LivePlace.TOPICS.segmentChanges()).stream()
                .map(SeenIn::change)
                .sorted()
                .toList();
    }

    /** User, segment, sequence, change, time, reason, cause, member since, expires at. */
    private static String change(JsonNode message) {
        JsonNode data = message.path("data");
        return named(String.join(
                " ",
                message.path("subject").asText(),
                data.path("segment").asText(),
                data.path("sequence").asText(),
                data.path("change").asText(),
                message.path("time").asText(),
                data.path("reason").asText(),
                data.path("cause").asText(),
                data.path("member_since").asText(),
                data.path("expires_at").asText()));
    }

    static List<String> deadLetters(LivePlace place) {
        return place.messages(LivePlace.TOPICS.deadLetters()).stream()
                .map(letter -> letter.path("reason").asText() + " "
                        + (letter.has("path") ? letter.path("path").asText() : null) + " "
                        + letter.path("payload_sha256").asText())
                .toList();
    }
}
