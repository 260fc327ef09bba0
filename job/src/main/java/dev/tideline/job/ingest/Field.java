package dev.tideline.job.ingest;

import com.fasterxml.jackson.core.JsonToken;
import dev.tideline.patterns.fact.DeadLetter.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One field on the top level of a record: its type and, of a string, its text. Used again for each record. */
final class Field {
    private final String name;
    private @Nullable JsonToken token;
    private String text = "";

    Field(String name) {
        this.name = name;
    }

    void clear() {
        token = null;
        text = "";
    }

    /** Remembers the value that has just been read and began with the given token. */
    void take(JsonToken first, StrictReader reader) throws RefusedException {
        token = first;
        if (first == JsonToken.VALUE_STRING) {
            text = reader.text();
        }
    }

    /** Whether an optional field counts as not there. */
    boolean isAbsent() {
        return token == null || token == JsonToken.VALUE_NULL;
    }

    /** The string that must be there. */
    String string() throws RefusedException {
        require(JsonToken.VALUE_STRING, "a string");
        return text;
    }

    /** The UUID that must be there, in lower case. */
    String uuid() throws RefusedException {
        String uuid = UuidText.parse(string());
        if (uuid == null) {
            throw refusal(Reason.BAD_VALUE, "must be a UUID of the form 8-4-4-4-12");
        }
        return uuid;
    }

    /** The timestamp that must be there. */
    Instant timestamp() throws RefusedException {
        Instant at = Rfc3339.parse(string());
        if (at == null) {
            throw refusal(Reason.BAD_TIMESTAMP, "must be an RFC 3339 timestamp with an offset");
        }
        return at;
    }

    /** Refuses a field that is not there or not of the type; null is the wrong type for a field that must be there. */
    void require(JsonToken expected, String what) throws RefusedException {
        if (token == null) {
            throw refusal(Reason.MISSING_FIELD, "is required");
        }
        if (token != expected) {
            throw refusal(Reason.WRONG_TYPE, "must be " + what);
        }
    }

    /** A refusal whose sentence goes on after the field's name. */
    RefusedException refusal(Reason reason, String says) {
        return new RefusedException(reason, "/" + name, "The field " + name + " " + says + ".");
    }
}
