package dev.tideline.job.ingest;

import static dev.tideline.job.ingest.Records.decode;
import static dev.tideline.job.ingest.Records.event;
import static dev.tideline.job.ingest.Records.quoted;
import static dev.tideline.job.ingest.Records.received;
import static dev.tideline.job.ingest.Records.typed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.Event;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of events that are let in. */
final class AcceptedEventsTest {

    @Test
    void aWholeEventSaysWhatItSaid() {
        assertThat(accepted(Records.PAGE_VIEW))
                .isEqualTo(new Event(
                        Records.EVENT_ID,
                        Records.USER,
                        "page_view",
                        Instant.parse("2026-11-21T07:59:00.123456Z"),
                        "00000000-0000-4000-8000-000000000001",
                        "{\"path\":\"/reports/weekly\",\"referrer\":\"https://example.org/start?from=mail\",\"pages\":3,"
                                + "\"share\":0.75,\"experiments\":[\"blue-button\",\"short-form\"],"
                                + "\"device\":{\"kind\":\"phone\",\"width\":390}}",
                        null,
                        null,
                        null,
                        List.of(),
                        Records.NOW));
    }

    @Test
    void uuidsAreKeptInLowerCase() {
        String capitals = quoted(Records.EVENT_ID.toUpperCase(Locale.ROOT));

        Event event = accepted(event("event_id", capitals, "user_id", capitals, "session_id", capitals));

        assertThat(List.of(event.id(), event.user(), Objects.requireNonNull(event.clientSession())))
                .containsOnly(Records.EVENT_ID);
    }

    @Test
    void aContentIdIsPutIntoLowerCaseWhereItStands() {
        String capitals = quoted(Records.EVENT_ID.toUpperCase(Locale.ROOT));

        Event event = accepted(typed("content_interaction", "{\"a\":1,\"content_id\":" + capitals + ",\"b\":2}"));

        assertThat(event.context()).isEqualTo("{\"a\":1,\"content_id\":\"" + Records.EVENT_ID + "\",\"b\":2}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T07:59:00Z,                2026-11-21T07:59:00Z",
        "2026-11-21T07:59:00.1Z,              2026-11-21T07:59:00.1Z",
        "2026-11-21T07:59:00.123456999Z,      2026-11-21T07:59:00.123456Z",
        "2026-11-21T08:59:00+01:00,           2026-11-21T07:59:00Z",
        "2026-11-20T13:59:00-18:00,           2026-11-21T07:59:00Z",
        "2026-11-22T01:59:00+18:00,           2026-11-21T07:59:00Z",
        "2026-11-21T07:59:00-00:00,           2026-11-21T07:59:00Z",
        "2024-02-29T23:59:59.999999999Z,      2024-02-29T23:59:59.999999Z",
        "1969-12-31T23:59:59.9999999Z,        1969-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z,                0001-01-01T00:00:00Z",
        "2026-11-21T08:05:00Z,                2026-11-21T08:05:00Z",
    })
    void timestampsAreCutToTheMicrosecond(String written, String read) {
        assertThat(accepted(event("event_timestamp", quoted(written))).at()).isEqualTo(Instant.parse(read));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "  { }  "})
    void anEmptyContextIsNone(String context) {
        assertThat(accepted(event("context", context)).context()).isNull();
    }

    @Test
    void blanksGoAndEverythingElseStays() {
        String context =
                "{ \"b\" : [ 1 , 2.50 , -0 , 1E5 , true , null , \"\" ] ,\n\"a\" : { } , \"c\":\"\\u0041\\n\\t\\\"\\\\\\/é😀\" }";

        assertThat(accepted(event("context", context)).context())
                .isEqualTo("{\"b\":[1,2.50,-0,1E5,true,null,\"\"],\"a\":{},\"c\":\"A\\n\\u0009\\\"\\\\/é😀\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "emotion_logged | {\"mood\":3,\"note\":\"words\"} | {\"mood\":3}",
                "emotion_logged | {\"note\":\"words\",\"mood\":3} | {\"mood\":3}",
                "emotion_logged | {\"mood\":3,\"note\":\"words\",\"scale_max\":9} | {\"mood\":3,\"scale_max\":9}",
                "emotion_logged | {\"emotion\":null,\"note\":\"words\",\"mood\":3,\"scale_min\":null} | {\"mood\":3}",
                "message_sent | {\"text\":\"words\"} |",
                "message_sent | {\"channel\":null,\"text\":\"words\"} |",
                "message_sent | {\"text\":\"words\",\"to\":{\"text\":1}} | {\"to\":{\"text\":1}}",
                "feedback_given | {\"rating\":0,\"text\":\"words\"} | {\"rating\":0}",
                "content_interaction | {\"text\":\"words\",\"x\":1} | {\"x\":1}",
            })
    void theWordsLeaveTheContext(String type, String context, String left) {
        Event event = accepted(typed(type, context));

        assertThat(event.text()).isEqualTo("words");
        assertThat(event.context()).isEqualTo(left);
    }

    @Test
    void namesMayHavePairsOfEscapedSurrogates() {
        assertThat(accepted(event("context", "{\"\\ud83d\\ude00\":1}")).context())
                .isEqualTo("{\"😀\":1}");
    }

    @Test
    void theWordsLeaveTheContextAlsoWhereTheTypeIsSaidLast() {
        Event event = accepted("{\"context\":{\"text\":\"words\",\"x\":1},"
                + event("event_type", "\"message_sent\"").substring(1));

        assertThat(event.text()).isEqualTo("words");
        assertThat(event.context()).isEqualTo("{\"x\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \\n\"", "null"})
    void blankWordsAreNone(String text) {
        Event event = accepted(typed("message_sent", "{\"text\":" + text + "}"));

        assertThat(event.text()).isNull();
        assertThat(event.context()).isNull();
    }

    @Test
    void wordsComeWithTheirEscapesUndone() {
        assertThat(accepted(Records.MOOD_LOG).text()).isEqualTo("Slept badly über alles.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mood\":1}",
                "{\"mood\":10}",
                "{\"mood\":0,\"scale_min\":0}",
                "{\"mood\":-2.5,\"scale_min\":-3,\"scale_max\":3}"
            })
    void aMoodMayLieOnTheEndsOfItsScale(String context) {
        assertThat(accepted(typed("emotion_logged", context)).context()).isEqualTo(context);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "survey_response | {\"instrument\":\"our own\",\"score\":9,\"items\":[0,1.5,true],\"poll_id\":7}",
                "survey_response | {\"instrument\":\"PHQ-9\",\"items\":[]}",
                "feedback_given | {\"rating\":5}",
                "feedback_given | {\"rating\":10,\"rating_max\":10}",
                "session_start | {\"device\":{\"kind\":\"phone\"},\"location\":\"Bern\"}",
                "page_view | {\"path\":\"/pricing\"}",
                "report_generated | {\"mood\":\"great\",\"rating\":99,\"text\":5,\"items\":null}",
            })
    void whatTheContractAllowsIsKept(String type, String context) {
        assertThat(accepted(typed(type, context)).context()).isEqualTo(context);
    }

    @Test
    void unknownFieldsOnTheTopLevelAreLeftOut() {
        Event event = accepted(event("comment", "{\"deep\":[[[1]]]}", "another", "null"));

        assertThat(event).isEqualTo(accepted(event()));
    }

    @Test
    void numbersAtTheEdgesAreInRange() {
        String context = "{\"n\":[9223372036854775807,-9223372036854775808,1.7e308,4.9e-324,0e-999,0.000,1e20]}";

        assertThat(accepted(event("context", context)).context()).isEqualTo(context);
    }

    @Test
    void theLargestAndTheDeepestContextComeIn() {
        assertThat(accepted(event("context", RefusedEventsTest.ofBytes(64 * 1024)))
                        .context())
                .isNotNull();
        assertThat(accepted(event("context", RefusedEventsTest.nested(32))).context())
                .isEqualTo(RefusedEventsTest.nested(32));
    }

    @Test
    void anEventTypeMayHaveFiftyCharacters() {
        assertThat(accepted(event("event_type", quoted("a".repeat(50)))).type()).hasSize(50);
    }

    @Test
    void historyArrivesAtItsOwnTime() {
        DecoderSettings replay = new DecoderSettings(true, Set.of(), null);

        Event event = Objects.requireNonNull(new Decoder(replay)
                .decode(Channel.EVENTS, received(event().getBytes(UTF_8)))
                .event());

        assertThat(event.arrivedAt()).isEqualTo(event.at());
    }

    @Test
    void aClosedVocabularyRefusesWhatItDoesNotKnow() {
        Decoder decoder = new Decoder(new DecoderSettings(false, Set.of("page_view"), null));

        assertThat(decoder.decode(Channel.EVENTS, received(event().getBytes(UTF_8)))
                        .kind())
                .isEqualTo(Arrival.Kind.EVENT);
        DeadLetter letter = Records.refused(decoder.decode(
                Channel.EVENTS, received(event("event_type", "\"login\"").getBytes(UTF_8))));
        assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.UNKNOWN_EVENT_TYPE);
        assertThat(letter.path()).isEqualTo("/event_type");
    }

    @Test
    void aDecoderForgetsTheRecordBefore() {
        Decoder decoder = new Decoder(DecoderSettings.DEFAULT);
        decoder.decode(Channel.EVENTS, received(Records.MOOD_LOG.getBytes(UTF_8)));
        decoder.decode(Channel.EVENTS, received("{\"context\":{\"note\":\"cut".getBytes(UTF_8)));

        Arrival after = decoder.decode(Channel.EVENTS, received(event().getBytes(UTF_8)));

        assertThat(after.event()).isEqualTo(accepted(event()));
    }

    private static Event accepted(String record) {
        Arrival arrival = decode(Channel.EVENTS, record);
        return Objects.requireNonNull(arrival.event(), () -> "refused: " + arrival.refused());
    }
}
