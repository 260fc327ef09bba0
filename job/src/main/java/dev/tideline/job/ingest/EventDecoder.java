package dev.tideline.job.ingest;

import com.fasterxml.jackson.core.JsonToken;
import dev.tideline.patterns.fact.DeadLetter.Reason;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes events in one pass. Once the form of the whole record has held, the fields are checked in this order, and the
 * first fault decides the code: {@code event_id}, {@code user_id}, {@code event_type}, {@code event_timestamp} (its form,
 * then the future), {@code session_id}, {@code context} (its type, size, depth, then the fields of its type).
 */
final class EventDecoder {
    /** How far ahead of the wall clock an event may claim to be. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final int LONGEST_TYPE = 50;

    private final DecoderSettings settings;
    private final StrictReader reader;
    private final Field id = new Field("event_id");
    private final Field user = new Field("user_id");
    private final Field type = new Field("event_type");
    private final Field timestamp = new Field("event_timestamp");
    private final Field session = new Field("session_id");
    private final Field context = new Field("context");
    private final Field[] fields = {id, user, type, timestamp, session, context};
    private final ContextReader contextReader = new ContextReader();

    EventDecoder(DecoderSettings settings, StrictReader reader) {
        this.settings = settings;
        this.reader = reader;
    }

    Event decode(byte[] value, Instant receivedAt) throws RefusedException {
        for (Field field : fields) {
            field.clear();
        }
        contextReader.clear();
        reader.open(value);
        while (reader.next() == JsonToken.FIELD_NAME) {
            Field field = named(reader.name());
            JsonToken first = reader.next();
            if (field == context && first == JsonToken.START_OBJECT) {
                contextReader.read(reader);
            } else {
                reader.skip(first);
            }
            if (field != null) {
                field.take(first, reader);
            }
        }
        reader.end();
        return event(receivedAt);
    }

    private Event event(Instant receivedAt) throws RefusedException {
        String eventId = id.uuid();
        String userId = user.uuid();
        String eventType = eventType();
        Instant at = timestamp.timestamp();
        if (at.isAfter(receivedAt.plus(CLOCK_SKEW))) {
            throw timestamp.refusal(Reason.FUTURE_TIMESTAMP, "lies more than 5 minutes ahead of the wall clock");
        }
        String clientSession = session.isAbsent() ? null : session.uuid();
        String text = checkContext(eventType);
        return new Event(
                eventId,
                userId,
                eventType,
                at,
                clientSession,
                contextReader.json(),
                text,
                null,
                null,
                List.of(),
                settings.arrivalIsEventTime() ? at : receivedAt);
    }

    private String eventType() throws RefusedException {
        String name = type.string();
        if (!isTypeName(name)) {
            throw type.refusal(Reason.BAD_VALUE, "must match [a-z][a-z0-9_]{0,49}");
        }
        if (Fact.Derived.NAMES.contains(name)) {
            throw type.refusal(Reason.BAD_VALUE, "is the name of a derived fact");
        }
        if (!settings.vocabulary().isEmpty() && !settings.vocabulary().contains(name)) {
            throw type.refusal(Reason.UNKNOWN_EVENT_TYPE, "is not in this deployment's vocabulary");
        }
        return name;
    }

    private static boolean isTypeName(String name) {
        if (name.isEmpty() || name.length() > LONGEST_TYPE) {
            return false;
        }
        for (int at = 0; at < name.length(); at++) {
            char character = name.charAt(at);
            boolean letter = character >= 'a' && character <= 'z';
            boolean inner = (character >= '0' && character <= '9') || character == '_';
            if (!letter && !(at > 0 && inner)) {
                return false;
            }
        }
        return true;
    }

    /** The person's words, which are no longer in the context then. */
    private @Nullable String checkContext(String eventType) throws RefusedException {
        if (!context.isAbsent()) {
            context.require(JsonToken.START_OBJECT, "an object");
            contextReader.checkLimits();
        }
        TypedContext typed = TypedContext.of(eventType);
        return typed == null ? null : typed.check(contextReader);
    }

    private @Nullable Field named(String name) {
        return switch (name) {
            case "event_id" -> id;
            case "user_id" -> user;
            case "event_type" -> type;
            case "event_timestamp" -> timestamp;
            case "session_id" -> session;
            case "context" -> context;
            default -> null;
        };
    }
}
