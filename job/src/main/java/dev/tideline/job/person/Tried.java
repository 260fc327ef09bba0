package dev.tideline.job.person;

import java.util.Map;

/**
 * Where a user stands with the segments of which a version is tried out, as that was last counted.
 *
 * @param places by segment id: {@link #LIVE}, {@link #SHADOW}, or both added up; who is in neither is not there
 */
public record Tried(Map<String, Integer> places) {
    /** The user is in the live segment. */
    static final int LIVE = 1;

    /** The user is in the one that is tried out. */
    static final int SHADOW = 2;

    static final Tried NOWHERE = new Tried(Map.of());

    int place(String segment) {
        return places.getOrDefault(segment, 0);
    }
}
