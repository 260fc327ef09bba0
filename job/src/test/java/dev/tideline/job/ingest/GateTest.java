package dev.tideline.job.ingest;

import static dev.tideline.patterns.fact.Purpose.RISK_DETECTION;
import static dev.tideline.patterns.fact.Purpose.SEGMENTATION;
import static dev.tideline.patterns.fact.Purpose.TEXT_ANALYSIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.privacy.DataKeys;
import dev.tideline.job.privacy.NewDataKey;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.StaffAction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Consent, encryption and erasure at the gate. */
final class GateTest {
    private static final String USER = Records.USER;
    private static final String OTHER = "00000000-0000-4000-8000-00000000000b";

    private KeyedOneInputStreamOperatorTestHarness<String, Arrival, Arrival> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness(List.of(), new ReadableKeys());
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void withoutConsentTheDefaultCounts() throws Exception {
        comes(message(USER, "10:00", null));
        assertThat(lastEvent().allowed()).isEmpty();

        reopen(List.of(SEGMENTATION));
        comes(message(USER, "10:00", null));
        assertThat(lastEvent().allowed()).containsExactly(SEGMENTATION);
    }

    @Test
    void consentStampsWhatComesAfterIt() throws Exception {
        comes(message(USER, "10:00", null), consent(USER, "09:00", RISK_DETECTION), message(USER, "10:01", null));

        assertThat(events()).extracting(Event::allowed).containsExactly(List.of(), List.of(RISK_DETECTION));
        assertThat(harness.extractOutputValues()).contains(consent(USER, "09:00", RISK_DETECTION));
    }

    @Test
    void aWithdrawalBeatsTheDefault() throws Exception {
        reopen(List.of(RISK_DETECTION, TEXT_ANALYSIS));

        comes(consent(USER, "09:00"), message(USER, "10:00", null));

        assertThat(lastEvent().allowed()).isEmpty();
    }

    @Test
    void anOlderConsentChangesNothingAndGoesNoFurther() throws Exception {
        comes(consent(USER, "09:00", RISK_DETECTION), consent(USER, "08:59"), message(USER, "10:00", null));

        assertThat(lastEvent().allowed()).containsExactly(RISK_DETECTION);
        assertThat(harness.extractOutputValues()).hasSize(2);
    }

    @Test
    void ofTwoConsentsOfOneInstantTheLaterArrivalCounts() throws Exception {
        comes(consent(USER, "09:00", RISK_DETECTION), consent(USER, "09:00"), message(USER, "10:00", null));

        assertThat(lastEvent().allowed()).isEmpty();
    }

    @Test
    void oneUsersConsentIsNotAnothers() throws Exception {
        comes(consent(USER, "09:00", RISK_DETECTION), message(OTHER, "10:00", null));

        assertThat(lastEvent().allowed()).isEmpty();
    }

    @Test
    void wordsAreSealedAndGoOnOnlyWhereTheyMayBeScored() throws Exception {
        comes(message(USER, "10:00", "words"));
        assertThat(lastEvent().text()).isNull();
        assertThat(lastEvent().sealedText()).isEqualTo("key1-of-" + USER + ":words");

        comes(consent(USER, "09:00", TEXT_ANALYSIS), message(USER, "10:01", "more words"));
        assertThat(lastEvent().text()).isEqualTo("more words");
        assertThat(lastEvent().sealedText()).isEqualTo("key1-of-" + USER + ":more words");
    }

    @Test
    void piiAndNotesAreSealedAndGoNoFurther() throws Exception {
        comes(
                Arrival.of(new ProfilePatch(USER, at("10:00"), Map.of(), "{\"name\":\"A\"}", null)),
                Arrival.of(action("10:01", "a note")));

        assertThat(harness.extractOutputValues())
                .containsExactly(
                        Arrival.of(new ProfilePatch(
                                USER, at("10:00"), Map.of(), null, "key1-of-" + USER + ":{\"name\":\"A\"}")),
                        Arrival.of(action("10:01", "a note").sealed("key1-of-" + USER + ":a note")));
    }

    @Test
    void aKeyIsMadeOnFirstNeedAndToldOnce() throws Exception {
        comes(
                message(USER, "10:00", null),
                message(USER, "10:01", "a"),
                message(USER, "10:02", "b"),
                message(OTHER, "10:03", "c"));

        assertThat(keys())
                .containsExactly(
                        new NewDataKey(USER, "id-key1-of-" + USER, "key1-of-" + USER, at("10:01")),
                        new NewDataKey(OTHER, "id-key2-of-" + OTHER, "key2-of-" + OTHER, at("10:03")));
    }

    @Test
    void withoutKeysWordsAreNotSealed() throws Exception {
        harness.close();
        harness = harness(List.of(TEXT_ANALYSIS), null);
        harness.open();

        comes(message(USER, "10:00", "words"));

        assertThat(lastEvent().text()).isEqualTo("words");
        assertThat(lastEvent().sealedText()).isNull();
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void anErasureForgetsConsentAndKey() throws Exception {
        comes(
                consent(USER, "09:00", TEXT_ANALYSIS),
                message(USER, "10:00", "a"),
                erasure("11:00"),
                message(USER, "12:00", "b"));

        assertThat(lastEvent().allowed()).isEmpty();
        assertThat(lastEvent().sealedText()).isEqualTo("key2-of-" + USER + ":b");
        assertThat(harness.extractOutputValues()).contains(erasure("11:00"));
    }

    @Test
    void whatWasBeforeAnErasureDoesNotComeBack() throws Exception {
        comes(erasure("11:00"));

        comes(
                message(USER, "10:59", "a"),
                message(USER, "11:00", "b"),
                consent(USER, "10:00", RISK_DETECTION),
                erasure("11:00"),
                Arrival.of(new ProfilePatch(USER, at("10:00"), Map.of(), null, null)),
                message(USER, "11:01", null));

        assertThat(harness.extractOutputValues()).hasSize(2);
        assertThat(lastEvent().at()).isEqualTo(at("11:01"));
        assertThat(keys()).isEmpty();
    }

    @Test
    void consentGivenAfterAnErasureCounts() throws Exception {
        comes(erasure("11:00"), consent(USER, "11:30", RISK_DETECTION), message(USER, "12:00", null));

        assertThat(lastEvent().allowed()).containsExactly(RISK_DETECTION);
    }

    @Test
    void whoNeverSaidAnythingLeavesNoTrace() throws Exception {
        comes(message(USER, "10:00", null), Arrival.of(action("10:01", null)));

        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void theGateOutlivesARestart() throws Exception {
        comes(consent(USER, "09:00", TEXT_ANALYSIS), message(USER, "10:00", "a"));
        var snapshot = harness.snapshot(1, 1);
        harness.close();

        harness = harness(List.of(), new ReadableKeys());
        harness.initializeState(snapshot);
        harness.open();
        comes(message(USER, "10:01", "b"));

        assertThat(lastEvent().allowed()).containsExactly(TEXT_ANALYSIS);
        assertThat(lastEvent().sealedText()).isEqualTo("key1-of-" + USER + ":b");
        assertThat(keys()).isEmpty();
    }

    private void comes(Arrival... arrivals) throws Exception {
        for (Arrival arrival : arrivals) {
            harness.processElement(arrival, arrival.at().toEpochMilli());
        }
    }

    private List<Event> events() {
        return harness.extractOutputValues().stream()
                .filter(arrival -> arrival.event() != null)
                .map(arrival -> Objects.requireNonNull(arrival.event()))
                .toList();
    }

    private Event lastEvent() {
        return events().get(events().size() - 1);
    }

    private List<NewDataKey> keys() {
        var output = harness.getSideOutput(Gate.KEYS);
        return output == null
                ? List.of()
                : output.stream().map(StreamRecord::getValue).toList();
    }

    private void reopen(List<Purpose> byDefault) throws Exception {
        harness.close();
        harness = harness(byDefault, new ReadableKeys());
        harness.open();
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-21T" + time + ":00Z");
    }

    private static Arrival message(String user, String time, @Nullable String text) {
        return Arrival.of(new Event(
                Records.EVENT_ID,
                user,
                "message_sent",
                at(time),
                null,
                null,
                text,
                null,
                null,
                List.of(),
                Records.NOW));
    }

    private static Arrival consent(String user, String time, Purpose... granted) {
        return Arrival.of(new PrivacyRequest(user, at(time), false, List.of(granted)));
    }

    private static Arrival erasure(String time) {
        return Arrival.of(new PrivacyRequest(USER, at(time), true, List.of()));
    }

    private static StaffAction action(String time, @Nullable String note) {
        return new StaffAction(
                Records.ACTION_ID, USER, USER + "/1", StaffAction.Kind.NOTE, "kim", at(time), null, note, null);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Arrival, Arrival> harness(
            List<Purpose> byDefault, @Nullable DataKeys keys) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new Gate(byDefault, keys)), Arrival::user, Types.STRING);
    }

    /** Keys that show in the ciphertext which key sealed it. */
    private static final class ReadableKeys implements DataKeys {
        private static final long serialVersionUID = 1L;
        private int made;

        @Override
        public String create(String user) {
            return "key" + ++made + "-of-" + user;
        }

        @Override
        public String keyId(String wrappedKeyOrCiphertext) {
            return "id-" + wrappedKeyOrCiphertext;
        }

        @Override
        public String seal(String wrappedKey, String user, String plain) {
            return wrappedKey + ":" + plain;
        }

        @Override
        public String open(String wrappedKey, String user, String ciphertext) {
            return ciphertext.substring(wrappedKey.length() + 1);
        }
    }
}
