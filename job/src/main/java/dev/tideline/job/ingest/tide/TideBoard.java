package dev.tideline.job.ingest.tide;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last reading of each source, by {@link TideOptions#name()}: for a status line or a health message in a process that
 * hosts the job manager or one of the source's readers. Readers hang it up with each tide, at most a poll interval old.
 * Any thread may look.
 */
public final class TideBoard {
    private static final Map<String, TideReading> READINGS = new ConcurrentHashMap<>();

    private TideBoard() {}

    /** The last reading of the source with that name; empty if none of its parts ran in this process yet. */
    public static Optional<TideReading> reading(String name) {
        return Optional.ofNullable(READINGS.get(name));
    }

    static void show(String name, TideReading reading) {
        READINGS.put(name, reading);
    }
}
