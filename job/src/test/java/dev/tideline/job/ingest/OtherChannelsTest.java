package dev.tideline.job.ingest;

import static dev.tideline.job.ingest.Records.action;
import static dev.tideline.job.ingest.Records.consent;
import static dev.tideline.job.ingest.Records.decode;
import static dev.tideline.job.ingest.Records.erasure;
import static dev.tideline.job.ingest.Records.profile;
import static dev.tideline.job.ingest.Records.quoted;
import static dev.tideline.job.ingest.Records.received;
import static dev.tideline.job.ingest.Records.refused;
import static dev.tideline.patterns.fact.DeadLetter.Reason.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.RuleRecord;
import dev.tideline.patterns.fact.StaffAction;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Profiles, privacy requests, staff actions, rules, and the dead letters of them all. */
final class OtherChannelsTest {
    private static final Instant YESTERDAY = Instant.parse("2026-11-20T10:00:00Z");

    @ParameterizedTest(name = "{0} {2} at {3}: {1}")
    @MethodSource({"profiles", "privacyRequests", "actions"})
    void isRefused(Channel channel, String record, DeadLetter.Reason reason, @Nullable String path) {
        DeadLetter letter = refused(decode(channel, record));

        assertThat(letter.reason()).isEqualTo(reason);
        assertThat(letter.path()).isEqualTo(path);
    }

    static Stream<Arguments> profiles() {
        return Stream.of(
                        arguments("{}", MISSING_FIELD, "/user_id"),
                        arguments(profile("user_id", "7"), WRONG_TYPE, "/user_id"),
                        arguments(profile("user_id", "\"x\""), BAD_VALUE, "/user_id"),
                        arguments(profile("updated_at", null), MISSING_FIELD, "/updated_at"),
                        arguments(profile("updated_at", "\"2026\""), BAD_TIMESTAMP, "/updated_at"),
                        arguments(profile("account_type", "1"), WRONG_TYPE, "/account_type"),
                        arguments(profile("signup_date", "20260501"), WRONG_TYPE, "/signup_date"),
                        arguments(profile("signup_date", "\"2026-02-30\""), BAD_VALUE, "/signup_date"),
                        arguments(profile("signup_date", "\"May 2026\""), BAD_VALUE, "/signup_date"),
                        arguments(profile("profile_status", "\"gone\""), BAD_VALUE, "/profile_status"),
                        arguments(profile("profile_status", "true"), WRONG_TYPE, "/profile_status"),
                        arguments(profile("demographic_data", "[]"), WRONG_TYPE, "/demographic_data"),
                        arguments(
                                profile("demographic_data", RefusedEventsTest.nested(33)),
                                TOO_DEEP,
                                "/demographic_data"),
                        arguments(profile("pii", "\"a@b.example\""), WRONG_TYPE, "/pii"),
                        arguments(profile("properties", "[1]"), WRONG_TYPE, "/properties"),
                        arguments(profile("properties", "{\"n\":1e999}"), BAD_VALUE, "/properties/n"),
                        arguments(profile("properties", "{\"n\":\"\\u0000\"}"), FORBIDDEN_CHARACTER, "/properties/n"))
                .map(row -> on(Channel.PROFILES, row));
    }

    static Stream<Arguments> privacyRequests() {
        return Stream.of(
                        arguments("{}", "/type"),
                        arguments(consent("type", "\"objection\""), "/type"),
                        arguments(consent("type", "1"), "/type"),
                        arguments(consent("user_id", null), "/user_id"),
                        arguments(consent("user_id", "\"me\""), "/user_id"),
                        arguments(consent("purposes", null), "/purposes"),
                        arguments(consent("purposes", "null"), "/purposes"),
                        arguments(consent("purposes", "[\"risk_detection\"]"), "/purposes"),
                        arguments(consent("purposes", "{\"risk_detection\":\"yes\"}"), "/purposes/risk_detection"),
                        arguments(consent("updated_at", null), "/updated_at"),
                        arguments(consent("updated_at", "\"today\""), "/updated_at"),
                        arguments(consent("updated_at", "\"2026-11-21T08:05:01Z\""), "/updated_at"),
                        arguments(erasure("user_id", "5"), "/user_id"),
                        arguments(erasure("requested_at", null), "/requested_at"),
                        arguments(erasure("requested_at", "\"2026-11-21\""), "/requested_at"),
                        arguments(erasure("requested_at", "\"2036-11-21T00:00:00Z\""), "/requested_at"))
                .map(row -> arguments(Channel.PRIVACY, row.get()[0], BAD_PRIVACY_REQUEST, row.get()[1]));
    }

    static Stream<Arguments> actions() {
        return Stream.of(
                        arguments("{}", "/action_id"),
                        arguments(action("action_id", "\"1\""), "/action_id"),
                        arguments(action("alert_id", null), "/alert_id"),
                        arguments(action("alert_id", quoted(Records.USER)), "/alert_id"),
                        arguments(action("alert_id", quoted(Records.USER + "/")), "/alert_id"),
                        arguments(action("alert_id", quoted(Records.USER + "/0")), "/alert_id"),
                        arguments(action("alert_id", quoted(Records.USER + "/-1")), "/alert_id"),
                        arguments(action("alert_id", quoted(Records.USER + "/07")), "/alert_id"),
                        arguments(action("alert_id", quoted(Records.USER + "/1/2")), "/alert_id"),
                        arguments(action("alert_id", quoted("me/1")), "/alert_id"),
                        arguments(action("action", "\"close\""), "/action"),
                        arguments(action("action", null), "/action"),
                        arguments(action("by", null), "/by"),
                        arguments(action("by", "\" \""), "/by"),
                        arguments(action("at", "\"now\""), "/at"),
                        arguments(action("outcome", "\"maybe\""), "/outcome"),
                        arguments(action("note", "[\"a\"]"), "/note"))
                .map(row -> arguments(Channel.ACTIONS, row.get()[0], BAD_ACTION, row.get()[1]));
    }

    @Test
    void aProfilePatchNamesWhatChanged() {
        String record = profile(
                "account_type", "\"free\"",
                "signup_date", "\"2026-05-01\"",
                "profile_status", "null",
                "demographic_data", "{\"age\": 40}",
                "pii", "{\"email\": \"a@b.example\"}",
                "properties", "{\"industry\":\"SaaS\",\"seats\":2.0,\"trial\":null}",
                "something", "\"else\"");

        assertThat(decode(Channel.PROFILES, record).profile())
                .isEqualTo(new ProfilePatch(
                        Records.USER,
                        YESTERDAY,
                        Map.of(
                                "account_type", "\"free\"",
                                "signup_date", "\"2026-05-01\"",
                                "demographic_data", "{\"age\":40}",
                                "properties.industry", "\"SaaS\"",
                                "properties.seats", "2.0",
                                "properties.trial", "null"),
                        "{\"email\":\"a@b.example\"}",
                        null));
    }

    @Test
    void aPatchWithoutContentIsAPatch() {
        assertThat(decode(Channel.PROFILES, profile()).profile())
                .isEqualTo(new ProfilePatch(Records.USER, YESTERDAY, Map.of(), null, null));
    }

    @Test
    void consentGrantsWhatItNames() {
        assertThat(decode(Channel.PRIVACY, consent()).privacy())
                .isEqualTo(new PrivacyRequest(
                        Records.USER, YESTERDAY, false, List.of(Purpose.RISK_DETECTION, Purpose.TEXT_ANALYSIS)));
    }

    @Test
    void whatConsentDoesNotNameIsNotGranted() {
        PrivacyRequest request = decode(
                        Channel.PRIVACY,
                        consent("purposes", "{\"segmentation\":true,\"text_analysis\":null,\"fun\":5}"))
                .privacy();

        assertThat(request)
                .isEqualTo(new PrivacyRequest(Records.USER, YESTERDAY, false, List.of(Purpose.SEGMENTATION)));
    }

    @Test
    void anErasureIsOne() {
        assertThat(decode(Channel.PRIVACY, erasure()).privacy())
                .isEqualTo(new PrivacyRequest(Records.USER, YESTERDAY, true, List.of()));
    }

    @Test
    void anActionNamesTheAlertOfAUserInLowerCase() {
        String record = action(
                "alert_id", quoted(Records.USER.toUpperCase(Locale.ROOT) + "/12"),
                "action", "\"resolve\"",
                "outcome", "\"false_positive\"",
                "note", "\"Called back.\"");

        assertThat(decode(Channel.ACTIONS, record).action())
                .isEqualTo(new StaffAction(
                        Records.ACTION_ID,
                        Records.USER,
                        Records.USER + "/12",
                        StaffAction.Kind.RESOLVE,
                        "kim",
                        Instant.parse("2026-11-21T07:00:00Z"),
                        "false_positive",
                        "Called back.",
                        null));
    }

    @Test
    void aRuleIsOnlyWrapped() {
        assertThat(decode(Channel.RULES, "{ not: yaml").rule())
                .isEqualTo(new RuleRecord(Records.USER, "{ not: yaml", Records.NOW));
        assertThat(decode(Channel.RULES, (byte[]) null).rule())
                .isEqualTo(new RuleRecord(Records.USER, null, Records.NOW));
        assertThat(refused(decode(Channel.RULES, new byte[] {(byte) 0xFF})).reason())
                .isEqualTo(NOT_UTF8);
    }

    @Test
    void aDeadLetterSaysWhereItCameFromAndNothingOfWhatItSaid() {
        assertThat(refused(decode(Channel.EVENTS, "[]")))
                .isEqualTo(new DeadLetter(
                        NOT_AN_OBJECT,
                        "JSON, but not an object.",
                        null,
                        "a-topic",
                        3,
                        42,
                        Records.USER,
                        Records.NOW,
                        "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945",
                        null));
    }

    @Test
    void aDeadLetterKeepsTheValueOnlySealed() {
        DecoderSettings keeping = new DecoderSettings(
                false,
                Set.of(),
                (owner, plain) -> owner + ":" + Base64.getEncoder().encodeToString(plain));
        Decoder decoder = new Decoder(keeping);

        Arrival kept = decoder.decode(Channel.EVENTS, received("[]".getBytes(UTF_8)));
        Arrival tombstone = decoder.decode(Channel.EVENTS, received(null));

        assertThat(refused(kept).sealedPayload()).isEqualTo("dead-letter:W10=");
        assertThat(refused(tombstone).sealedPayload()).isNull();
    }

    private static Arguments on(Channel channel, Arguments row) {
        Object[] values = row.get();
        return arguments(channel, values[0], values[1], values[2]);
    }
}
