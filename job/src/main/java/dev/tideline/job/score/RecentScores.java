package dev.tideline.job.score;

import dev.tideline.nlp.TextScore;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The scores of the texts that came last: many texts come again and again, such as "thanks". In memory only, and of one
 * thread.
 */
final class RecentScores extends LinkedHashMap<String, TextScore> {
    private static final long serialVersionUID = 1L;

    /** Longer texts are hardly written twice, and would take room. */
    private static final int LONGEST = 200;

    private final int capacity;

    /** @param capacity how many texts; 0 remembers none */
    RecentScores(int capacity) {
        super(16, 0.75f, true);
        this.capacity = capacity;
    }

    /** The score of the text, from memory where it is there. */
    TextScore score(String text, Scorer scorer) {
        if (capacity == 0 || text.length() > LONGEST) {
            return scorer.score(text);
        }
        TextScore known = get(text);
        if (known == null) {
            known = scorer.score(text);
            put(text, known);
        }
        return known;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, TextScore> eldest) {
        return size() > capacity;
    }
}
