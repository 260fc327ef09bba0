package dev.tideline.job.ingest;

import com.fasterxml.jackson.core.JsonToken;
import dev.tideline.patterns.fact.DeadLetter.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event's context once: keeps it as compact JSON, and remembers of the fields that may have a meaning what they
 * are and where they stand. Which meaning they have is known only once the event's type is. Used again for each event.
 */
final class ContextReader {
    /** Bytes that a context may have, as it was written, from its opening brace to its closing one. */
    static final int LARGEST = 64 * 1024;

    /** Levels that a context may have; it is itself the first. */
    static final int DEEPEST = 32;

    private static final int FIELDS = ContextField.values().length;

    private final CompactJson json = new CompactJson();
    private final @Nullable JsonToken[] token = new @Nullable JsonToken[FIELDS];
    private final @Nullable String[] text = new @Nullable String[FIELDS];
    private final double[] number = new double[FIELDS];
    private final int[] from = new int[FIELDS];
    private final int[] valueFrom = new int[FIELDS];
    private final int[] to = new int[FIELDS];
    private boolean present;
    private boolean tooDeep;
    private long bytes;

    void clear() {
        if (present) {
            Arrays.fill(token, null);
            json.clear();
        }
        present = false;
        tooDeep = false;
        bytes = 0;
    }

    /** Reads the object whose opening brace the reader has just read. */
    void read(StrictReader reader) throws RefusedException {
        present = true;
        int around = reader.depth() - 1;
        long start = reader.tokenStart();
        json.write(JsonToken.START_OBJECT, reader);
        while (reader.depth() > around) {
            int nameAt = json.nextNameAt();
            JsonToken next = reader.next();
            write(next, reader, around);
            if (next == JsonToken.FIELD_NAME && reader.depth() == around + 1) {
                readField(ContextField.named(reader.name()), nameAt, reader, around);
            }
        }
        bytes = reader.position() - start;
    }

    private void readField(@Nullable ContextField field, int nameAt, StrictReader reader, int around)
            throws RefusedException {
        int valueAt = json.length();
        JsonToken first = reader.next();
        write(first, reader, around);
        if (field != null) {
            remember(field, first, reader);
        }
        while (reader.depth() > around + 1) {
            write(reader.next(), reader, around);
        }
        if (field != null) {
            from[field.ordinal()] = nameAt;
            valueFrom[field.ordinal()] = valueAt;
            to[field.ordinal()] = json.length();
        }
    }

    private void remember(ContextField field, JsonToken first, StrictReader reader) throws RefusedException {
        token[field.ordinal()] = first;
        if (first == JsonToken.VALUE_STRING) {
            text[field.ordinal()] = reader.text();
        } else if (first.isNumeric()) {
            number[field.ordinal()] = reader.number();
        }
    }

    /** Beyond the limit nothing is written: the event will be refused, once the rest proves to be JSON. */
    private void write(JsonToken next, StrictReader reader, int around) throws RefusedException {
        tooDeep |= reader.depth() - around > DEEPEST;
        if (!tooDeep) {
            json.write(next, reader);
        }
    }

    /** Refuses a context that is too large or too deep. */
    void checkLimits() throws RefusedException {
        if (bytes > LARGEST) {
            throw new RefusedException(Reason.TOO_LARGE, "/context", "The context has more than 64 KiB.");
        }
        if (tooDeep) {
            throw new RefusedException(Reason.TOO_DEEP, "/context", "The context has more than 32 levels.");
        }
    }

    /** The first token of the field's value; null if it is not there. */
    @Nullable
    JsonToken token(ContextField field) {
        return token[field.ordinal()];
    }

    /** From now on the field counts as absent; it still stands in the JSON. */
    void forget(ContextField field) {
        token[field.ordinal()] = null;
    }

    /** The field's value, which must be a string. */
    String text(ContextField field) {
        return String.valueOf(text[field.ordinal()]);
    }

    /** The field's value, which must be a number. */
    double number(ContextField field) {
        return number[field.ordinal()];
    }

    /** The field's value as JSON. */
    String json(ContextField field) {
        return json.content().substring(valueFrom[field.ordinal()], to[field.ordinal()]);
    }

    /** Writes a string of the same length, without anything to escape, in the place of the field's value. */
    void replace(ContextField field, String sameLength) {
        int start = valueFrom[field.ordinal()] + 1;
        json.content().replace(start, start + sameLength.length(), sameLength);
    }

    /** Takes fields out of the JSON, the last one first so that the others stay where they are. */
    void cut(Iterable<ContextField> lastFirst) {
        StringBuilder content = json.content();
        for (ContextField field : lastFirst) {
            int start = from[field.ordinal()];
            int end = to[field.ordinal()];
            if (content.charAt(start - 1) == ',') {
                start--;
            } else if (content.charAt(end) == ',') {
                end++;
            }
            content.delete(start, end);
        }
    }

    /** Where the field's name begins. */
    int position(ContextField field) {
        return from[field.ordinal()];
    }

    /** The context as compact JSON; null if it was absent or is empty. */
    @Nullable
    String json() {
        return present && json.length() > "{}".length() ? json.content().toString() : null;
    }
}
