package dev.tideline.job.ingest;

import com.fasterxml.jackson.core.JsonToken;
import dev.tideline.patterns.fact.DeadLetter.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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

    private final CompactJson json = new CompactJson();
    private final Map<ContextField, Slot> slots = new EnumMap<>(ContextField.class);
    private boolean present;
    private boolean tooDeep;
    private long bytes;

    ContextReader() {
        for (ContextField field : ContextField.values()) {
            slots.put(field, new Slot());
        }
    }

    void clear() {
        if (present) {
            for (Slot slot : slots.values()) {
                slot.token = null;
            }
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
        Slot slot = field == null ? null : slot(field);
        if (slot != null) {
            slot.remember(first, reader);
        }
        while (reader.depth() > around + 1) {
            write(reader.next(), reader, around);
        }
        if (slot != null) {
            slot.from = nameAt;
            slot.valueFrom = valueAt;
            slot.to = json.length();
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
        return slot(field).token;
    }

    /** From now on the field counts as absent; it still stands in the JSON. */
    void forget(ContextField field) {
        slot(field).token = null;
    }

    /** The field's value, which must be a string. */
    String text(ContextField field) {
        return slot(field).text;
    }

    /** The field's value, which must be a number. */
    double number(ContextField field) {
        return slot(field).number;
    }

    /** The field's value as JSON. */
    String json(ContextField field) {
        return json.content().substring(slot(field).valueFrom, slot(field).to);
    }

    /** Writes a string of the same length, without anything to escape, in the place of the field's value. */
    void replace(ContextField field, String sameLength) {
        int start = slot(field).valueFrom + 1;
        json.content().replace(start, start + sameLength.length(), sameLength);
    }

    /** Takes fields out of the JSON, the last one first so that the others stay where they are. */
    void cut(Iterable<ContextField> lastFirst) {
        StringBuilder content = json.content();
        for (ContextField field : lastFirst) {
            int start = slot(field).from;
            int end = slot(field).to;
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
        return slot(field).from;
    }

    /** The context as compact JSON; null if it was absent or is empty. */
    @Nullable
    String json() {
        return present && json.length() > "{}".length() ? json.content().toString() : null;
    }

    private Slot slot(ContextField field) {
        return Objects.requireNonNull(slots.get(field));
    }

    /** What a field's value is, and where it stands in the JSON. */
    private static final class Slot {
        private @Nullable JsonToken token;
        private String text = "";
        private double number;
        private int from;
        private int valueFrom;
        private int to;

        private void remember(JsonToken first, StrictReader reader) throws RefusedException {
            token = first;
            if (first == JsonToken.VALUE_STRING) {
                text = reader.text();
            } else if (first.isNumeric()) {
                number = reader.number();
            }
        }
    }
}
