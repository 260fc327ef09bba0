package dev.tideline.patterns.fact;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change to what is known of a user. Fields that are absent stay as they are.
 *
 * @param fields by name ({@code account_type}, {@code signup_date}, {@code profile_status}, {@code demographic_data},
 *     {@code properties.<name>}) the new value as JSON; {@code null} as JSON removes a property
 * @param pii what identifies the person, as JSON, until the gate has encrypted it
 * @param sealedPii base64 of the encrypted pii, on its way to the database
 */
public record ProfilePatch(
        String user,
        Instant at,
        Map<String, String> fields,
        @Nullable String pii,
        @Nullable String sealedPii) {

    /** The same patch with the pii as ciphertext only. */
    public ProfilePatch sealed(@Nullable String ciphertext) {
        return new ProfilePatch(user, at, fields, null, ciphertext);
    }
}
