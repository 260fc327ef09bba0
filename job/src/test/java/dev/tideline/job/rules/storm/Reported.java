package dev.tideline.job.rules.storm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was reported, in the words of what is foreseen. */
public final class Reported {
    private Reported() {}

    /** The verdicts on these rules: one that is told again says nothing new. */
    public static Set<Verdict> verdicts(List<JsonNode> statuses, Set<String> rules) {
        Set<Verdict> verdicts = new LinkedHashSet<>();
        for (JsonNode status : statuses) {
            String said = status.path("status").asText();
            String rule = status.path("rule").asText();
            if (rules.contains(rule) && !said.equals("LIVE") && !said.equals("BACKFILLING")) {
                verdicts.add(verdict(status, rule, said));
            }
        }
        return verdicts;
    }

    private static Verdict verdict(JsonNode status, String key, String said) {
        long at = Instant.parse(status.path("at").asText()).toEpochMilli();
        boolean taken = said.equals("ACCEPTED") || said.equals("WAITING");
        return new Verdict(
                key,
                said,
                at,
                taken ? status.path("version").intValue() : null,
                said.equals("REJECTED") ? status.path("path").asText() : null);
    }

    /** What somebody sees who keeps only the last message of each rule: the status, and after {@code LIVE} the version. */
    public static Map<String, String> last(List<JsonNode> statuses) {
        Map<String, String> last = new TreeMap<>();
        statuses.forEach(status -> last.put(status.path("rule").asText(), words(status)));
        return last;
    }

    private static String words(JsonNode status) {
        String said = status.path("status").asText();
        return said.equals("LIVE") ? said + " " + status.path("version").asText() : said;
    }

    /** The versions that became live, as {@code key/version}. */
    public static Set<String> live(List<JsonNode> statuses) {
        Set<String> live = new TreeSet<>();
        statuses.stream()
                .filter(status -> status.path("status").asText().equals("LIVE"))
                .forEach(status -> live.add(status.path("rule").asText() + "/"
                        + status.path("version").asText()));
        return live;
    }

    /** The signals that alerts were told for, each once, as {@link Signals#line} writes them. */
    public static Set<String> signals(List<JsonNode> alerts) {
        Set<String> signals = new TreeSet<>();
        for (JsonNode alert : alerts) {
            for (JsonNode signal : alert.at("/data/trigger")) {
                List<String> events = new ArrayList<>();
                signal.at("/evidence/events").forEach(event -> events.add(event.asText()));
                signals.add(Signals.line(
                        alert.path("subject").asText(),
                        signal.path("pattern").asText(),
                        signal.path("version").intValue(),
                        signal.path("at").asText(),
                        events));
            }
        }
        return signals;
    }

    /** The users of whom alerts were told for a signal of the pattern. */
    public static Set<String> whoRaised(List<JsonNode> alerts, String pattern) {
        Set<String> users = new TreeSet<>();
        for (JsonNode alert : alerts) {
            for (JsonNode signal : alert.at("/data/trigger")) {
                if (signal.path("pattern").asText().equals(pattern)) {
                    users.add(alert.path("subject").asText());
                }
            }
        }
        return users;
    }
}
