package dev.tideline.job.person;

import java.util.HashMap;
import java.util.Map;

/**
 * A user's profile as it builds up: by field the newest value as JSON, and when it was said (epoch microseconds).
 *
 * <p>Bounded by the number of distinct fields that the platform uses, at most {@link Profiles#MOST_FIELDS}.
 */
public record ProfileState(Map<String, String> values, Map<String, Long> since) {
    static ProfileState empty() {
        return new ProfileState(new HashMap<>(), new HashMap<>());
    }
}
