package dev.tideline.job.history;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The version of a segment that came last.
 *
 * @param json the accepted document
 * @param number of the revision that brought it
 * @param effectiveMillis from when on it holds (epoch milliseconds)
 * @param awaits whether it waits for the past
 * @param kinds as in {@link Question}
 * @param profiles as in {@link Question}
 * @param countingSinceMillis from when on something is counted that it asks for and the past does not tell; null if all is told
 */
public record KeptSegment(
        String key,
        String json,
        long number,
        long effectiveMillis,
        boolean awaits,
        Map<String, Long> kinds,
        boolean profiles,
        @Nullable Long countingSinceMillis) {

    KeptSegment filled() {
        return new KeptSegment(key, json, number, effectiveMillis, false, Map.of(), false, countingSinceMillis);
    }
}
