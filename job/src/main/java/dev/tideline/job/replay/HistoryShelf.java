package dev.tideline.job.replay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a source finds its history: a replay runs in one process, and what is known of a history is too much to travel with the
 * job. Safe for many threads.
 *
 * <p>Owns: what was put there · Lifecycle: each until its replay takes it away · Never: two of one name.
 */
final class HistoryShelf {
    private static final Map<String, Shelved> SHELF = new ConcurrentHashMap<>();

    /**
     * What a source needs.
     *
     * @param progress is told of each record
     */
    record Shelved(History history, Progress progress) {}

    private HistoryShelf() {}

    static void put(String name, Shelved shelved) {
        SHELF.put(name, shelved);
    }

    static Shelved get(String name) {
        Shelved shelved = SHELF.get(name);
        if (shelved == null) {
            throw new IllegalStateException("there is no history " + name + " in this process");
        }
        return shelved;
    }

    static void remove(String name) {
        SHELF.remove(name);
    }
}
