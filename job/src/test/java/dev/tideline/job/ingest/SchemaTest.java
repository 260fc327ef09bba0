package dev.tideline.job.ingest;

import static dev.tideline.patterns.fact.DeadLetter.Reason.MISSING_FIELD;
import static dev.tideline.patterns.fact.DeadLetter.Reason.WRONG_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tideline.job.emit.Wire;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.DeadLetter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schemas say what the decoder does, as far as a schema can. */
final class SchemaTest {
    /** About these a schema can compare no two fields, or knows no calendar and no clock. */
    private static final Set<String> BEYOND_A_SCHEMA =
            Set.of("/context/mood", "/context/scale_max", "/context/rating", "/event_timestamp");

    @ParameterizedTest
    @MethodSource("goodEvents")
    void allowsTheEventsThatComeIn(String record) {
        assertThat(Records.decode(Channel.EVENTS, record).kind()).isEqualTo(Arrival.Kind.EVENT);
        assertThat(faults("event", record)).isEmpty();
    }

    static Stream<String> goodEvents() {
        return Stream.of(
                Records.PAGE_VIEW,
                Records.MOOD_LOG,
                Records.event(),
                Records.event("session_id", "null", "context", "null", "unknown", "[1]"),
                Records.event("event_timestamp", "\"2026-11-20T13:59:00.123456789-18:00\""),
                Records.typed("emotion_logged", "{\"mood\":3,\"note\":null,\"scale_max\":null}"),
                Records.typed("survey_response", "{\"instrument\":\"PHQ-9\",\"items\":[0,true],\"poll_id\":[]}"),
                Records.typed("feedback_given", "{\"rating\":0,\"feedback_type\":null,\"content_id\":null}"),
                Records.typed("content_interaction", "{\"interaction_type\":\"like\",\"text\":\"\"}"),
                Records.typed("session_start", "{\"device\":{},\"location\":\"Bern\"}"),
                Records.typed("anything_else", "{\"mood\":\"great\"}"));
    }

    @ParameterizedTest
    @MethodSource("badEvents")
    void refusesTheEventsThatDoNot(String record, DeadLetter.Reason reason, String path) {
        assertThat(faults("event", record)).as("%s at %s", reason, path).isNotEmpty();
    }

    static Stream<Arguments> badEvents() {
        return Stream.of(
                        RefusedEventsTest.topLevel(), RefusedEventsTest.timestamps(), RefusedEventsTest.typedContexts())
                .flatMap(rows -> rows)
                .filter(row -> row.get()[1] == MISSING_FIELD
                        || row.get()[1] == WRONG_TYPE
                        || !BEYOND_A_SCHEMA.contains(row.get()[2]));
    }

    @ParameterizedTest
    @MethodSource("badTimestamps")
    void refusesTimestampsOfAnotherForm(String written) {
        assertThat(faults("event", Records.event("event_timestamp", Records.quoted(written))))
                .isNotEmpty();
    }

    static Stream<String> badTimestamps() {
        return Stream.of(
                "2026-11-21 07:59:00Z",
                "2026-11-21T07:59:00",
                "2026-11-21T24:00:00Z",
                "2026-06-30T23:59:60Z",
                "2026-11-21T07:59:00+18:01");
    }

    @Test
    void agreesAboutProfiles() {
        assertThat(faults("profile", Records.profile())).isEmpty();
        assertThat(faults("profile", Records.profile("signup_date", "\"2026-05-01\"", "pii", "{\"name\":\"A\"}")))
                .isEmpty();
        agreesAboutRefusals(
                "profile",
                OtherChannelsTest.profiles()
                        .filter(row -> List.of("/user_id", "/account_type", "/profile_status", "/pii", "/properties")
                                .contains(row.get()[3])));
    }

    @Test
    void agreesAboutPrivacyRequests() {
        assertThat(faults("privacy-request", Records.consent())).isEmpty();
        assertThat(faults("privacy-request", Records.erasure())).isEmpty();
        agreesAboutRefusals(
                "privacy-request",
                OtherChannelsTest.privacyRequests()
                        .filter(row -> !row.get()[1].toString().contains("T0")));
    }

    @Test
    void agreesAboutActions() {
        assertThat(faults("alert-action", Records.action("note", "\"Called.\"")))
                .isEmpty();
        agreesAboutRefusals("alert-action", OtherChannelsTest.actions());
    }

    @ParameterizedTest
    @MethodSource("deadLetters")
    void describesDeadLettersAsTheyAreSent(DeadLetter letter) {
        assertThat(faults("dead-letter", new String(Wire.deadLetter(letter), StandardCharsets.UTF_8)))
                .isEmpty();
    }

    static Stream<DeadLetter> deadLetters() {
        DeadLetter whole = Records.refused(Records.decode(Channel.EVENTS, "[]"));
        DeadLetter placed =
                Records.refused(Records.decode(Channel.EVENTS, Records.event("context", "{\"a\":[1e999]}")));
        return Stream.concat(
                Stream.of(whole, placed),
                Arrays.stream(DeadLetter.Reason.values())
                        .map(reason -> new DeadLetter(
                                reason, "Why.", "/a", "t", 0, 1, null, Records.NOW, whole.payloadSha256(), "AAAA")));
    }

    private static void agreesAboutRefusals(String schema, Stream<Arguments> rows) {
        List<Arguments> refused = rows.toList();
        assertThat(refused).hasSizeGreaterThan(5);
        refused.forEach(row -> assertThat(faults(schema, row.get()[1].toString()))
                .as("%s", row.get()[3])
                .isNotEmpty());
    }

    private static List<?> faults(String schema, String record) {
        return Objects.requireNonNull(Schemas.NAMED.get(schema)).validate(record, InputFormat.JSON);
    }

    /** Read once. */
    private static final class Schemas {
        static final Map<String, Schema> NAMED = Stream.of(
                        "event", "profile", "privacy-request", "alert-action", "dead-letter")
                .collect(Collectors.toMap(name -> name, Schemas::read));

        private static Schema read(String name) {
            try (InputStream file =
                    Objects.requireNonNull(Schema.class.getResourceAsStream("/schema/" + name + ".schema.json"))) {
                return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
