package dev.tideline.job.ingest;

import com.fasterxml.jackson.core.JsonStreamContext;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * JSON pointers that give nothing away. A key is chosen by the producer and could hold a person's words, so a path ends
 * before the first key that does not look like the name of a field, and after {@link #LONGEST} steps.
 */
final class SafePath {
    private static final int LONGEST = 8;
    private static final int LONGEST_NAME = 50;

    private SafePath() {}

    /** The pointer to where reading stands; null for the record as a whole. */
    static @Nullable String of(JsonStreamContext innermost) {
        Deque<JsonStreamContext> fromRoot = new ArrayDeque<>();
        for (JsonStreamContext context = innermost; context != null; context = context.getParent()) {
            fromRoot.push(context);
        }
        StringBuilder path = new StringBuilder();
        int steps = 0;
        for (JsonStreamContext context : fromRoot) {
            if (context.inRoot()) {
                continue;
            }
            if (++steps > LONGEST || !appendStep(path, context)) {
                break;
            }
        }
        return path.isEmpty() ? null : path.toString();
    }

    private static boolean appendStep(StringBuilder path, JsonStreamContext context) {
        if (context.inArray()) {
            if (context.hasCurrentIndex()) {
                path.append('/').append(context.getCurrentIndex());
            }
            return context.hasCurrentIndex();
        }
        String name = context.getCurrentName();
        if (name == null || !isFieldName(name)) {
            return false;
        }
        path.append('/').append(name);
        return true;
    }

    /** Whether it looks like {@code a_field}, {@code aField} or {@code a-field}. */
    static boolean isFieldName(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return false;
        }
        for (int at = 0; at < name.length(); at++) {
            char character = name.charAt(at);
            boolean letter = (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || character == '_';
            boolean inner = (character >= '0' && character <= '9') || character == '-';
            if (!letter && !(at > 0 && inner)) {
                return false;
            }
        }
        return true;
    }
}
