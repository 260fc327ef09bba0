package dev.tideline.job.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what the job has told in this run. Thread-safe. */
final class Tally {
    private final Map<String, Integer> alertsByLevel = new TreeMap<>();
    private final Map<String, Integer> alertsByChange = new TreeMap<>();
    private final Map<String, Integer> signalsByPattern = new TreeMap<>();
    private final Map<String, Integer> deadLettersByReason = new TreeMap<>();
    private final Map<String, int[]> changesBySegment = new TreeMap<>();
    private final Map<String, Integer> changesByReason = new TreeMap<>();

    synchronized void alert(News news) {
        alertsByChange.merge(news.what(), 1, Integer::sum);
        if (news.what().equals("opened") || news.what().equals("escalated")) {
            alertsByLevel.merge(news.data().path("level").asText(), 1, Integer::sum);
        }
        if (!news.what().equals("overdue")) {
            for (JsonNode signal : news.data().path("trigger")) {
                signalsByPattern.merge(signal.path("pattern").asText(), 1, Integer::sum);
            }
        }
    }

    synchronized void change(News news) {
        int[] enteredAndLeft =
                changesBySegment.computeIfAbsent(news.data().path("segment").asText(), segment -> new int[2]);
        enteredAndLeft[news.what().equals("entered") ? 0 : 1]++;
        changesByReason.merge(news.what() + " by " + news.data().path("reason").asText(), 1, Integer::sum);
    }

    synchronized void deadLetter(String reason) {
        deadLettersByReason.merge(reason, 1, Integer::sum);
    }

    synchronized int alerts() {
        return sum(alertsByChange);
    }

    synchronized int changes() {
        return sum(changesByReason);
    }

    synchronized int deadLetters() {
        return sum(deadLettersByReason);
    }

    /** All of it, in lines. */
    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Alerts that opened at or rose to a level: " + words(alertsByLevel));
        lines.add("Messages about alerts: " + words(alertsByChange));
        lines.add("Signals by pattern: " + words(signalsByPattern));
        lines.add("Segment changes: " + words(changesByReason));
        changesBySegment.forEach(
                (segment, counts) -> lines.add("  " + segment + ": " + counts[0] + " entered, " + counts[1] + " left"));
        lines.add("Dead letters: " + words(deadLettersByReason));
        return lines;
    }

    private static String words(Map<String, Integer> counts) {
        List<String> words = new ArrayList<>();
        counts.forEach((name, count) -> words.add(count + " " + name));
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
