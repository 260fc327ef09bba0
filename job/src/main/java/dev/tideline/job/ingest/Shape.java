package dev.tideline.job.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tideline.patterns.fact.DeadLetter.Reason;
import java.io.IOException;
import java.util.Set;

/** What the value of a typed context's field must be. */
sealed interface Shape {
    /** Refuses the field's value, which is there and not null. */
    void check(ContextReader context, ContextField field, JsonToken token) throws RefusedException;

    private static void require(boolean holds, ContextField field, String what) throws RefusedException {
        if (!holds) {
            throw new RefusedException(
                    Reason.WRONG_TYPE, field.path(), "The field " + field.jsonName() + " must be " + what + ".");
        }
    }

    /** Whatever JSON can say. */
    record Anything() implements Shape {
        @Override
        public void check(ContextReader context, ContextField field, JsonToken token) {
            // Nothing could be wrong.
        }
    }

    /** A number. */
    record Numeric() implements Shape {
        @Override
        public void check(ContextReader context, ContextField field, JsonToken token) throws RefusedException {
            require(token.isNumeric(), field, "a number");
        }
    }

    /** A string. */
    record Text() implements Shape {
        @Override
        public void check(ContextReader context, ContextField field, JsonToken token) throws RefusedException {
            require(token == JsonToken.VALUE_STRING, field, "a string");
        }
    }

    /** A JSON object. */
    record Composite() implements Shape {
        @Override
        public void check(ContextReader context, ContextField field, JsonToken token) throws RefusedException {
            require(token == JsonToken.START_OBJECT, field, "an object");
        }
    }

    /** One of a closed list of strings. */
    record OneOf(Set<String> words) implements Shape {
        @Override
        public void check(ContextReader context, ContextField field, JsonToken token) throws RefusedException {
            require(token == JsonToken.VALUE_STRING, field, "a string");
            if (!words.contains(context.text(field))) {
                throw new RefusedException(
                        Reason.BAD_VALUE, field.path(), "The field " + field.jsonName() + " has none of its values.");
            }
        }
    }

    /** A UUID, which is put into lower case. */
    record Uuid() implements Shape {
        @Override
        public void check(ContextReader context, ContextField field, JsonToken token) throws RefusedException {
            require(token == JsonToken.VALUE_STRING, field, "a string");
            String uuid = UuidText.parse(context.text(field));
            if (uuid == null) {
                throw new RefusedException(
                        Reason.BAD_VALUE, field.path(), "The field " + field.jsonName() + " must be a UUID.");
            }
            context.replace(field, uuid);
        }
    }

    /** An array of numbers and booleans. */
    record Items() implements Shape {
        private static final JsonFactory JSON = new JsonFactory();

        @Override
        public void check(ContextReader context, ContextField field, JsonToken token) throws RefusedException {
            require(token == JsonToken.START_ARRAY, field, "an array");
            try (JsonParser parser = JSON.createParser(context.json(field))) {
                parser.nextToken();
                int index = 0;
                for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
                    if (!item.isNumeric() && !item.isBoolean()) {
                        throw new RefusedException(
                                Reason.WRONG_TYPE, field.path() + "/" + index, "Items are numbers or booleans.");
                    }
                    index++;
                }
            } catch (IOException impossible) {
                throw new IllegalStateException("reading JSON that was just written", impossible);
            }
        }
    }
}
