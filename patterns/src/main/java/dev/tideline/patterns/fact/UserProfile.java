package dev.tideline.patterns.fact;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rules may know of a user. What is not known is null, or not in the map.
 *
 * @param signupDate as it was given, such as {@code 2026-05-01}
 * @param demographicData a JSON object
 * @param properties by name, the value as JSON
 */
public record UserProfile(
        @Nullable String accountType,
        @Nullable String signupDate,
        @Nullable String profileStatus,
        @Nullable String demographicData,
        Map<String, String> properties) {

    /** A user of whom nothing is known. */
    public static final UserProfile UNKNOWN = new UserProfile(null, null, null, null, Map.of());
}
