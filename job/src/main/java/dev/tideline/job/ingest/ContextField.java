package dev.tideline.job.ingest;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a context that some event type gives a meaning to. */
enum ContextField {
    MOOD,
    SCALE_MIN,
    SCALE_MAX,
    EMOTION,
    NOTE,
    INSTRUMENT,
    SCORE,
    ITEMS,
    SCORING,
    SOURCE,
    POLL_ID,
    TEXT,
    CHANNEL,
    RECIPIENT_KIND,
    FEEDBACK_TYPE,
    RATING,
    RATING_MAX,
    CONTENT_ID,
    INTERACTION_TYPE,
    PATH,
    DEVICE,
    LOCATION;

    private static final Map<String, ContextField> BY_NAME = new HashMap<>();

    static {
        for (ContextField field : values()) {
            BY_NAME.put(field.jsonName(), field);
        }
    }

    private final String jsonName = name().toLowerCase(Locale.ROOT);

    String jsonName() {
        return jsonName;
    }

    /** Where it stands in an event, as a JSON pointer. */
    String path() {
        return "/context/" + jsonName;
    }

    static @Nullable ContextField named(String name) {
        return BY_NAME.get(name);
    }
}
