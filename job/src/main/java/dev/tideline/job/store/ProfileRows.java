package dev.tideline.job.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.patterns.fact.ProfilePatch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A profile patch as rows. Pure. */
public final class ProfileRows {
    private static final String PROPERTY = "properties.";

    private ProfileRows() {}

    /**
     * The user's profile, each property, and the change from which history can be computed again.
     *
     * @param patch after the gate: with the ciphertext of its pii only
     * @param takenAt where event time stood, if it had passed the patch; null if it had not
     */
    public static List<StoreRow> of(ProfilePatch patch, @Nullable Instant takenAt) {
        List<StoreRow> rows = new ArrayList<>();
        rows.add(profile(patch));
        for (Map.Entry<String, String> field : patch.fields().entrySet()) {
            if (field.getKey().startsWith(PROPERTY)) {
                rows.add(property(patch, field.getKey().substring(PROPERTY.length()), field.getValue()));
            }
        }
        rows.add(change(patch, takenAt));
        return rows;
    }

    private static StoreRow profile(ProfilePatch patch) {
        String at = patch.at().toString();
        String demographic = patch.fields().get("demographic_data");
        return StoreRow.of(
                Table.USERS,
                patch.user(),
                at,
                plain(patch, "account_type"),
                timeOf(patch, "account_type"),
                date(plain(patch, "signup_date")),
                timeOf(patch, "signup_date"),
                plain(patch, "profile_status"),
                timeOf(patch, "profile_status"),
                "null".equals(demographic) ? null : demographic,
                timeOf(patch, "demographic_data"),
                patch.sealedPii(),
                patch.sealedPii() == null ? null : at);
    }

    /** A removed property stays as a row without a value, so that an older patch does not bring it back. */
    private static StoreRow property(ProfilePatch patch, String name, String json) {
        return StoreRow.of(
                Table.USER_PROPERTIES,
                patch.user(),
                name,
                json.equals("null") ? null : json,
                patch.at().toString());
    }

    private static StoreRow change(ProfilePatch patch, @Nullable Instant takenAt) {
        ObjectNode fields = RowJson.object();
        new TreeMap<>(patch.fields()).forEach((name, json) -> fields.set(name, RowJson.read(json)));
        String json = fields.toString();
        return StoreRow.of(
                Table.PROFILE_CHANGES,
                patch.user(),
                patch.at().toString(),
                Digest.of(json),
                json,
                Boolean.toString(patch.sealedPii() != null),
                Rows.text(takenAt));
    }

    private static @Nullable String plain(ProfilePatch patch, String field) {
        JsonNode value = RowJson.read(patch.fields().get(field));
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    private static @Nullable String timeOf(ProfilePatch patch, String field) {
        return patch.fields().containsKey(field) ? patch.at().toString() : null;
    }

    /** The calendar date in front; null where there is none: the change keeps what was given. */
    private static @Nullable String date(@Nullable String given) {
        if (given == null || given.length() < 10) {
            return null;
        }
        try {
            return LocalDate.parse(given.substring(0, 10)).toString();
        } catch (DateTimeParseException notADate) {
            return null;
        }
    }
}
