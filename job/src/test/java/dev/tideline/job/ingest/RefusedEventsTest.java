package dev.tideline.job.ingest;

import static dev.tideline.job.ingest.Records.decode;
import static dev.tideline.job.ingest.Records.event;
import static dev.tideline.job.ingest.Records.quoted;
import static dev.tideline.job.ingest.Records.refused;
import static dev.tideline.job.ingest.Records.typed;
import static dev.tideline.patterns.fact.DeadLetter.Reason.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tideline.patterns.fact.DeadLetter;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which an event can be wrong, with the code and the place that its dead letter names. */
final class RefusedEventsTest {
    private static final String UUID = Records.EVENT_ID;

    @ParameterizedTest(name = "{1} at {2}: {0}")
    @MethodSource({"form", "numbers", "characters", "topLevel", "timestamps", "contexts", "typedContexts"})
    void isRefused(String record, DeadLetter.Reason reason, @Nullable String path) {
        DeadLetter letter = refused(decode(Channel.EVENTS, record));

        assertThat(letter.reason()).as("%s", letter.detail()).isEqualTo(reason);
        assertThat(letter.path()).isEqualTo(path);
        assertThat(letter.detail()).isNotBlank().endsWith(".");
    }

    static Stream<Arguments> form() {
        return Stream.of(
                arguments("", EMPTY, null),
                arguments(" \t\r\n", EMPTY, null),
                arguments("nothing", NOT_JSON, null),
                arguments("{", NOT_JSON, null),
                arguments("{\"user_id\"", NOT_JSON, null),
                arguments("{\"user_id\":}", NOT_JSON, null),
                arguments("{'user_id':1}", NOT_JSON, null),
                arguments("{user_id:1}", NOT_JSON, null),
                arguments("{\"a\":1,}", NOT_JSON, null),
                arguments("{\"a\":[1,]}", NOT_JSON, null),
                arguments("{\"a\":01}", NOT_JSON, null),
                arguments("{\"a\":+1}", NOT_JSON, null),
                arguments("{\"a\":.5}", NOT_JSON, null),
                arguments("{\"a\":5.}", NOT_JSON, null),
                arguments("{\"a\":1e}", NOT_JSON, null),
                arguments("{\"a\":NaN}", NOT_JSON, null),
                arguments("{\"a\":Infinity}", NOT_JSON, null),
                arguments("{\"a\":-Infinity}", NOT_JSON, null),
                arguments("{\"a\":tru}", NOT_JSON, null),
                arguments("{\"a\":\"b}", NOT_JSON, null),
                arguments("{\"a\":\"\\x\"}", NOT_JSON, null),
                arguments("{\"a\":\"\\u12\"}", NOT_JSON, null),
                arguments("{\"a\":\"a\nb\"}", NOT_JSON, null),
                arguments("{/* a comment */}", NOT_JSON, null),
                arguments("\uFEFF" + event(), NOT_JSON, null),
                arguments("[]", NOT_AN_OBJECT, null),
                arguments("[" + event() + "]", NOT_AN_OBJECT, null),
                arguments("null", NOT_AN_OBJECT, null),
                arguments("true", NOT_AN_OBJECT, null),
                arguments("7", NOT_AN_OBJECT, null),
                arguments("\"words\"", NOT_AN_OBJECT, null),
                arguments(event() + "x", TRAILING_CONTENT, null),
                arguments(event() + "}", TRAILING_CONTENT, null),
                arguments(event() + "{}", TRAILING_CONTENT, null),
                arguments(event() + event(), TRAILING_CONTENT, null),
                arguments(event() + ",", TRAILING_CONTENT, null),
                arguments("{\"a\":1,\"a\":1}", DUPLICATE_KEY, "/a"),
                arguments("{\"a\":1,\"\\u0061\":2}", DUPLICATE_KEY, "/a"),
                arguments(event("context", "{\"path\":1,\"path\":1}"), DUPLICATE_KEY, "/context/path"),
                arguments(event("context", "{\"a\":{\"b\":[{\"c\":1,\"c\":2}]}}"), DUPLICATE_KEY, "/context/a/b/0/c"),
                arguments(event("unknown", "{\"a\":1,\"a\":2}"), DUPLICATE_KEY, "/unknown/a"),
                arguments(event("context", "{\"my own words\":1,\"my own words\":1}"), DUPLICATE_KEY, "/context"),
                arguments("{\"é\":1,\"é\":2}", DUPLICATE_KEY, null));
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                arguments(event("context", "{\"n\":9223372036854775808}"), BAD_VALUE, "/context/n"),
                arguments(event("context", "{\"n\":-9223372036854775809}"), BAD_VALUE, "/context/n"),
                arguments(event("context", "{\"n\":[0,1e309]}"), BAD_VALUE, "/context/n/1"),
                arguments(event("context", "{\"n\":-1.8e308}"), BAD_VALUE, "/context/n"),
                arguments(event("context", "{\"n\":1e-400}"), BAD_VALUE, "/context/n"),
                arguments(event("context", "{\"n\":-0.01e-399}"), BAD_VALUE, "/context/n"),
                arguments(event("context", "{\"n\":" + "9".repeat(5000) + "}"), BAD_VALUE, "/context/n"),
                arguments(event("n", "1E999999999999"), BAD_VALUE, "/n"),
                arguments(typed("emotion_logged", "{\"mood\":1e400}"), BAD_VALUE, "/context/mood"));
    }

    static Stream<Arguments> characters() {
        return Stream.of(
                arguments(event("a", "\"\\u0000\""), FORBIDDEN_CHARACTER, "/a"),
                arguments(event("a\\u0000", "1"), FORBIDDEN_CHARACTER, null),
                arguments(event("context", "{\"a\":[\"x\\u0000\"]}"), FORBIDDEN_CHARACTER, "/context/a/0"),
                arguments(event("a", "\"\0\""), FORBIDDEN_CHARACTER, null),
                arguments(event() + "\0", FORBIDDEN_CHARACTER, null),
                arguments("\0", FORBIDDEN_CHARACTER, null),
                arguments(event("a", "\"\\ud800\""), FORBIDDEN_CHARACTER, "/a"),
                arguments(event("a", "\"\\udc00\""), FORBIDDEN_CHARACTER, "/a"),
                arguments(event("a", "\"\\ud800\\ud800\""), FORBIDDEN_CHARACTER, "/a"),
                arguments(event("a", "\"\\udc00\\ud800\""), FORBIDDEN_CHARACTER, "/a"),
                arguments(event("a", "\"\\ud83dx\""), FORBIDDEN_CHARACTER, "/a"),
                arguments(event("\\ud800", "1"), FORBIDDEN_CHARACTER, null),
                arguments(event("context", "{\"\\udfff\":1}"), FORBIDDEN_CHARACTER, null));
    }

    static Stream<Arguments> topLevel() {
        return Stream.of(
                arguments("{}", MISSING_FIELD, "/event_id"),
                arguments(event("event_id", null), MISSING_FIELD, "/event_id"),
                arguments(event("event_id", "null"), WRONG_TYPE, "/event_id"),
                arguments(event("event_id", "5"), WRONG_TYPE, "/event_id"),
                arguments(event("event_id", "{}"), WRONG_TYPE, "/event_id"),
                arguments(event("event_id", "[\"" + UUID + "\"]"), WRONG_TYPE, "/event_id"),
                arguments(event("event_id", "true"), WRONG_TYPE, "/event_id"),
                arguments(event("event_id", "\"\""), BAD_VALUE, "/event_id"),
                arguments(event("event_id", quoted(UUID.replace("-", ""))), BAD_VALUE, "/event_id"),
                arguments(event("event_id", quoted("{" + UUID + "}")), BAD_VALUE, "/event_id"),
                arguments(event("event_id", quoted("urn:uuid:" + UUID)), BAD_VALUE, "/event_id"),
                arguments(event("event_id", quoted("g" + UUID.substring(1))), BAD_VALUE, "/event_id"),
                arguments(event("event_id", quoted(UUID + " ")), BAD_VALUE, "/event_id"),
                arguments(event("event_id", "\"f81d4fae7-dec-11d0-a765-00a0c91e6bf6\""), BAD_VALUE, "/event_id"),
                arguments(event("user_id", null), MISSING_FIELD, "/user_id"),
                arguments(event("user_id", "1.5"), WRONG_TYPE, "/user_id"),
                arguments(event("user_id", "\"me\""), BAD_VALUE, "/user_id"),
                arguments(event("event_type", null), MISSING_FIELD, "/event_type"),
                arguments(event("event_type", "null"), WRONG_TYPE, "/event_type"),
                arguments(event("event_type", "\"\""), BAD_VALUE, "/event_type"),
                arguments(event("event_type", "\"Page_view\""), BAD_VALUE, "/event_type"),
                arguments(event("event_type", "\"1view\""), BAD_VALUE, "/event_type"),
                arguments(event("event_type", "\"_view\""), BAD_VALUE, "/event_type"),
                arguments(event("event_type", "\"page-view\""), BAD_VALUE, "/event_type"),
                arguments(event("event_type", "\"página\""), BAD_VALUE, "/event_type"),
                arguments(event("event_type", quoted("a".repeat(51))), BAD_VALUE, "/event_type"),
                arguments(event("event_type", "\"session\""), BAD_VALUE, "/event_type"),
                arguments(event("event_type", "\"text\""), BAD_VALUE, "/event_type"),
                arguments(event("event_type", "\"mood_day\""), BAD_VALUE, "/event_type"),
                arguments(event("event_type", "\"survey\""), BAD_VALUE, "/event_type"),
                arguments(event("event_type", "\"quiet\""), BAD_VALUE, "/event_type"),
                arguments(event("event_type", "\"week\""), BAD_VALUE, "/event_type"),
                arguments(event("session_id", "5"), WRONG_TYPE, "/session_id"),
                arguments(event("session_id", "\"s-1\""), BAD_VALUE, "/session_id"),
                // The order of the fields in the record does not matter, the order of the contract does.
                arguments("{\"context\":5,\"event_type\":5,\"user_id\":5}", MISSING_FIELD, "/event_id"),
                arguments(event("user_id", "5", "event_timestamp", "5"), WRONG_TYPE, "/user_id"));
    }

    static Stream<Arguments> timestamps() {
        Stream<String> malformed = Stream.of(
                "",
                "yesterday",
                "2026-11-21",
                "2026-11-21T07:59:00",
                "2026-11-21 07:59:00Z",
                "2026-11-21t07:59:00Z",
                "2026-11-21T07:59Z",
                "2026-11-21T07:59:00.Z",
                "2026-11-21T07:59:00.1234567890Z",
                "2026-11-21T07:59:00,5Z",
                "2026-11-21T07:59:00+0100",
                "2026-11-21T07:59:00+01",
                "2026-11-21T07:59:00+18:01",
                "2026-11-21T07:59:00-19:00",
                "2026-11-21T07:59:00+01:60",
                "2026-11-21T07:59:00+01:00:00",
                "2026-11-21T07:59:00ZZ",
                "2026-11-21T07:59:00Z[UTC]",
                "2026-11-21T24:00:00Z",
                "2026-11-21T07:60:00Z",
                "2026-06-30T23:59:60Z",
                "2026-02-29T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-00-10T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "26-11-21T07:59:00.00Z",
                "+2026-11-21T07:59:00Z",
                "12026-11-21T07:59:00Z",
                "2026-11-21T-7:59:00Z",
                "٢٠٢٦-11-21T07:59:00Z");
        return Stream.concat(
                Stream.of(
                        arguments(event("event_timestamp", null), MISSING_FIELD, "/event_timestamp"),
                        arguments(event("event_timestamp", "1795248000000"), WRONG_TYPE, "/event_timestamp"),
                        arguments(event("event_timestamp", "null"), WRONG_TYPE, "/event_timestamp"),
                        arguments(
                                event("event_timestamp", quoted("2026-11-21T08:05:00.000001Z")),
                                FUTURE_TIMESTAMP,
                                "/event_timestamp"),
                        arguments(
                                event("event_timestamp", quoted("9999-12-31T23:59:59-18:00")),
                                FUTURE_TIMESTAMP,
                                "/event_timestamp")),
                malformed.map(
                        text -> arguments(event("event_timestamp", quoted(text)), BAD_TIMESTAMP, "/event_timestamp")));
    }

    static Stream<Arguments> contexts() {
        return Stream.of(
                arguments(event("context", "5"), WRONG_TYPE, "/context"),
                arguments(event("context", "\"{}\""), WRONG_TYPE, "/context"),
                arguments(event("context", "[]"), WRONG_TYPE, "/context"),
                arguments(event("context", "false"), WRONG_TYPE, "/context"),
                arguments(event("context", nested(33)), TOO_DEEP, "/context"),
                arguments(event("context", "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"), TOO_DEEP, "/context"),
                arguments(event("context", ofBytes(64 * 1024 + 1)), TOO_LARGE, "/context"),
                arguments(event("context", "{" + " ".repeat(64 * 1024) + "}"), TOO_LARGE, "/context"),
                arguments(event("context", nested(1001)), TOO_DEEP, "/context/a/a/a/a/a/a/a"));
    }

    static Stream<Arguments> typedContexts() {
        return Stream.of(
                typedRow("emotion_logged", "{}", MISSING_FIELD, "mood"),
                arguments(event("event_type", "\"emotion_logged\""), MISSING_FIELD, "/context/mood"),
                arguments(typed("emotion_logged", "null"), MISSING_FIELD, "/context/mood"),
                typedRow("emotion_logged", "{\"mood\":null}", MISSING_FIELD, "mood"),
                typedRow("emotion_logged", "{\"mood\":\"5\"}", WRONG_TYPE, "mood"),
                typedRow("emotion_logged", "{\"mood\":true}", WRONG_TYPE, "mood"),
                typedRow("emotion_logged", "{\"mood\":[5]}", WRONG_TYPE, "mood"),
                typedRow("emotion_logged", "{\"mood\":0.99}", BAD_VALUE, "mood"),
                typedRow("emotion_logged", "{\"mood\":10.01}", BAD_VALUE, "mood"),
                typedRow("emotion_logged", "{\"mood\":6,\"scale_max\":5}", BAD_VALUE, "mood"),
                typedRow("emotion_logged", "{\"mood\":-1,\"scale_min\":0}", BAD_VALUE, "mood"),
                typedRow("emotion_logged", "{\"mood\":5,\"scale_min\":5,\"scale_max\":5}", BAD_VALUE, "scale_max"),
                typedRow("emotion_logged", "{\"mood\":5,\"scale_min\":\"1\"}", WRONG_TYPE, "scale_min"),
                typedRow("emotion_logged", "{\"mood\":5,\"scale_max\":{}}", WRONG_TYPE, "scale_max"),
                typedRow("emotion_logged", "{\"mood\":5,\"emotion\":3}", WRONG_TYPE, "emotion"),
                typedRow("emotion_logged", "{\"mood\":5,\"note\":3}", WRONG_TYPE, "note"),
                typedRow("emotion_logged", "{\"mood\":5,\"note\":[\"a\"]}", WRONG_TYPE, "note"),
                typedRow("survey_response", "{\"instrument\":9}", WRONG_TYPE, "instrument"),
                typedRow("survey_response", "{\"score\":\"12\"}", WRONG_TYPE, "score"),
                typedRow("survey_response", "{\"items\":\"1,2\"}", WRONG_TYPE, "items"),
                typedRow("survey_response", "{\"items\":[0,1,\"2\"]}", WRONG_TYPE, "items/2"),
                typedRow("survey_response", "{\"items\":[null]}", WRONG_TYPE, "items/0"),
                typedRow("survey_response", "{\"items\":[0,[1]]}", WRONG_TYPE, "items/1"),
                typedRow("survey_response", "{\"scoring\":1}", WRONG_TYPE, "scoring"),
                typedRow("survey_response", "{\"source\":{}}", WRONG_TYPE, "source"),
                typedRow("message_sent", "{\"text\":5}", WRONG_TYPE, "text"),
                typedRow("message_sent", "{\"text\":{\"en\":\"hi\"}}", WRONG_TYPE, "text"),
                typedRow("feedback_given", "{\"feedback_type\":5}", WRONG_TYPE, "feedback_type"),
                typedRow("feedback_given", "{\"feedback_type\":\"praise\"}", BAD_VALUE, "feedback_type"),
                typedRow("feedback_given", "{\"rating\":\"5\"}", WRONG_TYPE, "rating"),
                typedRow("feedback_given", "{\"rating\":5.1}", BAD_VALUE, "rating"),
                typedRow("feedback_given", "{\"rating\":-0.1}", BAD_VALUE, "rating"),
                typedRow("feedback_given", "{\"rating\":11,\"rating_max\":10}", BAD_VALUE, "rating"),
                typedRow("feedback_given", "{\"rating_max\":0}", BAD_VALUE, "rating_max"),
                typedRow("feedback_given", "{\"rating_max\":\"5\"}", WRONG_TYPE, "rating_max"),
                typedRow("feedback_given", "{\"text\":false}", WRONG_TYPE, "text"),
                typedRow("feedback_given", "{\"content_id\":17}", WRONG_TYPE, "content_id"),
                typedRow("feedback_given", "{\"content_id\":\"17\"}", BAD_VALUE, "content_id"),
                typedRow("content_interaction", "{\"content_id\":\"x\"}", BAD_VALUE, "content_id"),
                typedRow("content_interaction", "{\"interaction_type\":\"stare\"}", BAD_VALUE, "interaction_type"),
                typedRow("content_interaction", "{\"interaction_type\":1}", WRONG_TYPE, "interaction_type"),
                typedRow("content_interaction", "{\"text\":1}", WRONG_TYPE, "text"),
                typedRow("session_start", "{\"device\":\"phone\"}", WRONG_TYPE, "device"),
                typedRow("session_start", "{\"location\":7}", WRONG_TYPE, "location"));
    }

    private static Arguments typedRow(String type, String context, DeadLetter.Reason reason, String field) {
        return arguments(typed(type, context), reason, "/context/" + field);
    }

    /** An object of so many levels. */
    static String nested(int levels) {
        return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    /** An object of so many bytes. */
    static String ofBytes(int bytes) {
        return "{\"a\":\"" + "é".repeat((bytes - 8) / 2) + "x".repeat((bytes - 8) % 2) + "\"}";
    }
}
