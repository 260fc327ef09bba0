package dev.tideline.job.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names seen so far in each object that is open, by its level. Sets are used again, unless they grew large. */
final class NamesByLevel {
    /** A set that held more than this is replaced: a large one stays slow to clear. */
    private static final int MANY = 200;

    private final List<Set<String>> names = new ArrayList<>();

    /** An object begins at the level. */
    void begin(int level) {
        while (names.size() <= level) {
            names.add(new HashSet<>());
        }
        Set<String> used = names.get(level);
        if (used.size() > MANY) {
            names.set(level, new HashSet<>());
        } else if (!used.isEmpty()) {
            used.clear();
        }
    }

    /** Whether the name is new in the object that is open at the level. */
    boolean add(int level, String name) {
        return names.get(level).add(name);
    }
}
