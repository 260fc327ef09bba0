package dev.tideline.job.person;

import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.UserProfile;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies profile patches: the newest {@code updated_at} wins per field, of equal ones the later arrival. */
final class Profiles {
    /** More fields than this per user are not kept: a profile is not a store. */
    static final int MOST_FIELDS = 200;

    private static final String PROPERTY = "properties.";
    private static final String REMOVED = "null";

    private Profiles() {}

    static ProfileState apply(ProfileState state, ProfilePatch patch) {
        ProfileState next = new ProfileState(new HashMap<>(state.values()), new HashMap<>(state.since()));
        long at = micros(patch.at());
        patch.fields().forEach((field, value) -> {
            Long known = next.since().get(field);
            if ((known == null && next.since().size() < MOST_FIELDS) || (known != null && known <= at)) {
                next.since().put(field, at);
                next.values().put(field, value);
            }
        });
        return next;
    }

    static UserProfile view(ProfileState state) {
        Map<String, String> properties = new HashMap<>();
        state.values().forEach((field, value) -> {
            if (field.startsWith(PROPERTY) && !value.equals(REMOVED)) {
                properties.put(field.substring(PROPERTY.length()), value);
            }
        });
        return new UserProfile(
                text(state, "account_type"),
                text(state, "signup_date"),
                text(state, "profile_status"),
                value(state, "demographic_data"),
                properties);
    }

    private static @Nullable String value(ProfileState state, String field) {
        String json = state.values().get(field);
        return json == null || json.equals(REMOVED) ? null : json;
    }

    private static @Nullable String text(ProfileState state, String field) {
        String json = value(state, field);
        return json == null ? null : Json.text(json);
    }

    private static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000L);
    }
}
