package dev.tideline.job;

import static dev.tideline.job.KnownPeople.named;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a place's topics hold, a line each, for people: all that matters, in the order of user and time. */
final class SeenIn {
    private SeenIn() {}

    static List<String> alerts(LivePlace place) {
        return place.messages(LivePlace.TOPICS.alerts()).stream()
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
