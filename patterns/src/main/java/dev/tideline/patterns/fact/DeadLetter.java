package dev.tideline.patterns.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was refused, and why.
 *
 * @param detail for a person, without anything of the refused value itself
 * @param path where in the document, as a JSON pointer
 * @param key the source record's key, to key the dead letter by
 * @param payloadSha256 of the value's bytes, lower-case hex
 * @param sealedPayload base64 of the encrypted value, where keeping it is switched on
 */
public record DeadLetter(
        Reason reason,
        String detail,
        @Nullable String path,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        Instant receivedAt,
        String payloadSha256,
        @Nullable String sealedPayload) {

    /** The closed list of reasons. */
    public enum Reason {
        EMPTY,
        TOMBSTONE,
        NOT_UTF8,
        NOT_JSON,
        NOT_AN_OBJECT,
        TRAILING_CONTENT,
        DUPLICATE_KEY,
        TOO_LARGE,
        TOO_DEEP,
        MISSING_FIELD,
        WRONG_TYPE,
        BAD_VALUE,
        BAD_TIMESTAMP,
        FUTURE_TIMESTAMP,
        FORBIDDEN_CHARACTER,
        UNKNOWN_EVENT_TYPE,
        DATABASE_REFUSED,
        BAD_PRIVACY_REQUEST,
        BAD_ACTION
    }
}
