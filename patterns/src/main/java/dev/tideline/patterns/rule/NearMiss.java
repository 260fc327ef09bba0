package dev.tideline.patterns.rule;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the known word that somebody probably meant. */
final class NearMiss {
    /** Longer words are nobody's slip. */
    private static final int LONGEST = 80;

    /** What other languages and everyday speech call it, most probable first. */
    private static final Map<String, List<String>> OTHER_WORDS = Map.ofEntries(
            Map.entry("and", List.of("all")),
            Map.entry("or", List.of("any")),
            Map.entry("every", List.of("all")),
            Map.entry("some", List.of("any")),
            Map.entry("none", List.of("not")),
            Map.entry("did", List.of("performed")),
            Map.entry("event", List.of("performed", "on", "context")),
            Map.entry("event_type", List.of("performed", "on")),
            Map.entry("type", List.of("kind", "on", "event_type")),
            Map.entry("count", List.of("at_least")),
            Map.entry("times", List.of("at_least")),
            Map.entry("min", List.of("from", "at_least")),
            Map.entry("minimum", List.of("from", "at_least")),
            Map.entry("max", List.of("to", "at_most")),
            Map.entry("maximum", List.of("to", "at_most")),
            Map.entry("window", List.of("within")),
            Map.entry("during", List.of("within")),
            Map.entry("filter", List.of("where")),
            Map.entry("condition", List.of("where", "when")),
            Map.entry("if", List.of("where", "when")),
            Map.entry("when", List.of("where")),
            Map.entry("name", List.of("step")),
            Map.entry("id", List.of("step")),
            Map.entry("true", List.of("on")),
            Map.entry("steps", List.of("sequence")),
            Map.entry("severity", List.of("level")),
            Map.entry("title", List.of("name")),
            Map.entry("profile", List.of("user")),
            Map.entry("fact", List.of("context")),
            Map.entry("previous", List.of("prev")),
            Map.entry("length", List.of("size")),
            Map.entry("len", List.of("size")),
            Map.entry("includes", List.of("contains")));

    private NearMiss() {}

    /**
     * The word nearest to what was written; null if none is near. Near is another word for the same, or an edit distance of at
     * most a third of the length (at least 1), with a swap of neighbours as one edit (optimal string alignment).
     */
    static @Nullable String of(String written, Collection<String> known) {
        if (written.length() > LONGEST) {
            return null;
        }
        String plain = plain(written);
        for (String other : OTHER_WORDS.getOrDefault(plain, List.of())) {
            if (known.contains(other)) {
                return other;
            }
        }
        return nearest(plain, known);
    }

    private static @Nullable String nearest(String plain, Collection<String> known) {
        String nearest = null;
        int best = Integer.MAX_VALUE;
        for (String word : known) {
            int distance = distance(plain, plain(word));
            if (distance < best && distance <= Math.max(1, Math.max(plain.length(), word.length()) / 3)) {
                best = distance;
                nearest = word;
            }
        }
        return nearest;
    }

    private static String plain(String word) {
        return word.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replace('-', '_')
                .replace(' ', '_');
    }

    private static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, left, right, i, j);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int step(int[][] cost, String left, String right, int i, int j) {
        int replace = cost[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        int cheapest = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(cheapest, 1 + cost[i - 2][j - 2]) : cheapest;
    }
}
