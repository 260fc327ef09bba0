package dev.tideline.patterns.rule;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known word that somebody probably meant. */
final class NearMiss {
    private NearMiss() {}

    /**
     * The word nearest to what was written; null if none is near. Near is an edit distance of at most a third of the length
     * (at least 1), with a swap of neighbours as one edit (optimal string alignment).
     */
    static @Nullable String of(String written, Collection<String> known) {
        String nearest = null;
        int best = Integer.MAX_VALUE;
        String plain = plain(written);
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
        return word.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
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
