package dev.tideline.job.cep;

import java.util.List;
import java.util.Map;

/** Matches as lines of text, to be compared. */
final class Line {
    private Line() {}

    /** A match by step. */
    static String match(String rule, String user, long atMillis, Map<String, List<String>> steps) {
        return String.join(" ", rule, user, String.valueOf(atMillis), steps.toString());
    }

    /** What alert messages can tell apart: the match without its steps' names. */
    static String signal(String rule, String user, long atMillis, List<String> ids) {
        return String.join(" ", rule, user, String.valueOf(atMillis), ids.toString());
    }

    /** The signal that a match should become. */
    static String signalOf(String match) {
        String[] parts = match.split(" ", 4);
        String ids = parts[3].replaceAll("(?:, )?[a-z0-9]+=\\[", ", ")
                .replaceAll("[{}\\]]", "")
                .replaceFirst("^, ", "");
        return String.join(" ", parts[0], parts[1], parts[2], "[" + ids + "]");
    }

    static String rule(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    static String user(String line) {
        return line.split(" ", 3)[1];
    }

    static long atMillis(String line) {
        return Long.parseLong(line.split(" ", 4)[2]);
    }
}
