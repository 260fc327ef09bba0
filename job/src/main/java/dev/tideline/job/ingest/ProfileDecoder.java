package dev.tideline.job.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.patterns.fact.DeadLetter.Reason;
import dev.tideline.patterns.fact.ProfilePatch;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes profile patches. Fields are checked in the order of the contract: {@code user_id}, {@code updated_at},
 * {@code account_type}, {@code signup_date} (a date or a timestamp), {@code profile_status}, {@code demographic_data},
 * {@code pii}, {@code properties}; the objects have at most {@value #DEEPEST} levels each.
 */
final class ProfileDecoder {
    private static final int DEEPEST = ContextReader.DEEPEST;
    private static final Set<String> STATUSES = Set.of("active", "deactivated", "anonymized", "deleted");

    private ProfileDecoder() {}

    static ProfilePatch decode(byte[] value, StrictReader reader) throws RefusedException {
        Document document = Document.read(value, reader);
        String user = document.uuid("user_id");
        Instant at = document.timestamp("updated_at");
        Map<String, String> fields = new LinkedHashMap<>();
        document.optionalString("account_type");
        checkSignupDate(document);
        document.optionalOneOf("profile_status", STATUSES);
        document.optionalObject("demographic_data", DEEPEST);
        for (String name : new String[] {"account_type", "signup_date", "profile_status", "demographic_data"}) {
            put(fields, name, document.optional(name));
        }
        JsonNode pii = document.optionalObject("pii", DEEPEST);
        JsonNode properties = document.optionalObject("properties", DEEPEST);
        if (properties != null) {
            properties
                    .properties()
                    .forEach(property -> put(fields, "properties." + property.getKey(), property.getValue()));
        }
        return new ProfilePatch(user, at, fields, pii == null ? null : pii.toString(), null);
    }

    private static void put(Map<String, String> fields, String name, @Nullable JsonNode value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }

    private static void checkSignupDate(Document document) throws RefusedException {
        String date = document.optionalString("signup_date");
        if (date != null && !Rfc3339.isDate(date) && Rfc3339.parse(date) == null) {
            throw document.refusal(Reason.BAD_VALUE, "signup_date", "must be a date or a timestamp");
        }
    }
}
