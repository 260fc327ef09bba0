package dev.tideline.job.ingest;

import static dev.tideline.job.ingest.ContextField.*;

import com.fasterxml.jackson.core.JsonToken;
import dev.tideline.patterns.fact.DeadLetter.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the contract says about the contexts of the event types that it knows. The fields are checked in the order in
 * which they stand here, then the scales. A typed field that is null counts as absent, and is taken out; where the
 * contract gives a field no type, any will do. A rating lies on 0 … {@code rating_max}.
 */
enum TypedContext {
    EMOTION_LOGGED("emotion_logged", NOTE) {
        @Override
        void describe(Map<ContextField, Shape> fields) {
            fields.put(MOOD, NUMBER);
            fields.put(SCALE_MIN, NUMBER);
            fields.put(SCALE_MAX, NUMBER);
            fields.put(EMOTION, STRING);
            fields.put(NOTE, STRING);
        }

        @Override
        void checkScale(ContextReader context) throws RefusedException {
            if (context.token(MOOD) == null) {
                throw new RefusedException(Reason.MISSING_FIELD, MOOD.path(), "The field mood is required.");
            }
            double lowest = context.token(SCALE_MIN) == null ? 1 : context.number(SCALE_MIN);
            double highest = context.token(SCALE_MAX) == null ? 10 : context.number(SCALE_MAX);
            checkOnScale(context, MOOD, lowest, highest, SCALE_MAX);
        }
    },
    SURVEY_RESPONSE("survey_response", null) {
        @Override
        void describe(Map<ContextField, Shape> fields) {
            fields.put(INSTRUMENT, STRING);
            fields.put(SCORE, NUMBER);
            fields.put(ITEMS, new Shape.Items());
            fields.put(SCORING, STRING);
            fields.put(SOURCE, STRING);
            fields.put(POLL_ID, ANYTHING);
        }
    },
    MESSAGE_SENT("message_sent", TEXT) {
        @Override
        void describe(Map<ContextField, Shape> fields) {
            fields.put(TEXT, STRING);
            fields.put(CHANNEL, ANYTHING);
            fields.put(RECIPIENT_KIND, ANYTHING);
        }
    },
    FEEDBACK_GIVEN("feedback_given", TEXT) {
        @Override
        void describe(Map<ContextField, Shape> fields) {
            fields.put(FEEDBACK_TYPE, new Shape.OneOf(Set.of("rating", "comment", "survey")));
            fields.put(RATING, NUMBER);
            fields.put(RATING_MAX, NUMBER);
            fields.put(TEXT, STRING);
            fields.put(CONTENT_ID, new Shape.Uuid());
        }

        @Override
        void checkScale(ContextReader context) throws RefusedException {
            double highest = context.token(RATING_MAX) == null ? 5 : context.number(RATING_MAX);
            if (highest <= 0) {
                throw new RefusedException(Reason.BAD_VALUE, RATING_MAX.path(), "The scale has no length.");
            }
            if (context.token(RATING) != null) {
                checkOnScale(context, RATING, 0, highest, RATING_MAX);
            }
        }
    },
    CONTENT_INTERACTION("content_interaction", TEXT) {
        @Override
        void describe(Map<ContextField, Shape> fields) {
            fields.put(CONTENT_ID, new Shape.Uuid());
            fields.put(
                    INTERACTION_TYPE, new Shape.OneOf(Set.of("view", "like", "comment", "share", "reply", "complete")));
            fields.put(TEXT, STRING);
        }
    },
    PAGE_VIEW("page_view", null) {
        @Override
        void describe(Map<ContextField, Shape> fields) {
            fields.put(PATH, ANYTHING);
        }
    },
    SESSION_START("session_start", null) {
        @Override
        void describe(Map<ContextField, Shape> fields) {
            fields.put(DEVICE, new Shape.Composite());
            fields.put(LOCATION, STRING);
        }
    };

    private static final Shape NUMBER = new Shape.Numeric();
    private static final Shape STRING = new Shape.Text();
    private static final Shape ANYTHING = new Shape.Anything();
    private static final Map<String, TypedContext> BY_TYPE = new HashMap<>();

    static {
        for (TypedContext typed : values()) {
            typed.describe(typed.fields);
            BY_TYPE.put(typed.eventType, typed);
        }
    }

    private final String eventType;
    private final @Nullable ContextField words;

    @SuppressWarnings("ImmutableEnumChecker") // filled once, when the class is loaded
    private final Map<ContextField, Shape> fields = new EnumMap<>(ContextField.class);

    TypedContext(String eventType, @Nullable ContextField words) {
        this.eventType = eventType;
        this.words = words;
    }

    abstract void describe(Map<ContextField, Shape> fields);

    void checkScale(ContextReader context) throws RefusedException {
        // Most types have no scale.
    }

    /** What is known of the event type's context; null for a type that may say anything. */
    static @Nullable TypedContext of(String eventType) {
        return BY_TYPE.get(eventType);
    }

    /**
     * Refuses a context that is not as its type demands; else takes what is null and the person's words out of it.
     *
     * @return the words; null where there are none but blanks
     */
    @Nullable
    String check(ContextReader context) throws RefusedException {
        List<ContextField> cut = new ArrayList<>(2);
        for (Map.Entry<ContextField, Shape> entry : fields.entrySet()) {
            ContextField field = entry.getKey();
            JsonToken token = context.token(field);
            if (token == JsonToken.VALUE_NULL) {
                context.forget(field);
                cut.add(field);
            } else if (token != null) {
                entry.getValue().check(context, field, token);
            }
        }
        checkScale(context);
        String text = null;
        if (words != null && context.token(words) != null) {
            text = context.text(words);
            cut.add(words);
        }
        cut.sort(Comparator.comparingInt(context::position).reversed());
        context.cut(cut);
        return text == null || text.isBlank() ? null : text;
    }

    private static void checkOnScale(
            ContextReader context, ContextField field, double lowest, double highest, ContextField end)
            throws RefusedException {
        if (lowest >= highest) {
            throw new RefusedException(Reason.BAD_VALUE, end.path(), "The scale has no length.");
        }
        double value = context.number(field);
        if (value < lowest || value > highest) {
            throw new RefusedException(
                    Reason.BAD_VALUE, field.path(), "The field " + field.jsonName() + " is outside its scale.");
        }
    }
}
