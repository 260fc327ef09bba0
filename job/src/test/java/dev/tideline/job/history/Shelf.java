package dev.tideline.job.history;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A past in memory, one user a page, read as often as one likes; of one test at a time. */
final class Shelf implements Past {
    private static final long serialVersionUID = 1L;
    private static final TreeMap<String, List<Remembered>> USERS = new TreeMap<>();
    private static final List<Question> ASKED = new ArrayList<>();

    static Shelf empty() {
        USERS.clear();
        ASKED.clear();
        return new Shelf();
    }

    static void put(String user, Remembered... past) {
        USERS.put(user, List.of(past));
    }

    /** What was asked of it. */
    static synchronized List<Question> asked() {
        return List.copyOf(ASKED);
    }

    private static synchronized void ask(Question question) {
        ASKED.add(question);
    }

    @Override
    public int months() {
        return 24;
    }

    @Override
    public Reading read(Question question, @Nullable String after) {
        ask(question);
        List<String> left = new ArrayList<>(
                after == null ? USERS.keySet() : USERS.tailMap(after, false).keySet());
        int all = left.size();
        return new Reading() {
            @Override
            public @Nullable Page next() {
                if (left.isEmpty()) {
                    return null;
                }
                String user = left.remove(0);
                return new Page(USERS.getOrDefault(user, List.of()), user, all - left.size(), all);
            }

            @Override
            public void close() {
                left.clear();
            }
        };
    }
}
