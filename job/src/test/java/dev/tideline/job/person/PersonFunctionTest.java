package dev.tideline.job.person;

import static dev.tideline.job.person.PersonStory.USER;
import static dev.tideline.job.person.PersonStory.acknowledged;
import static dev.tideline.job.person.PersonStory.at;
import static dev.tideline.job.person.PersonStory.consent;
import static dev.tideline.job.person.PersonStory.erasure;
import static dev.tideline.job.person.PersonStory.item9;
import static dev.tideline.job.person.PersonStory.profile;
import static dev.tideline.job.person.PersonStory.session;
import static dev.tideline.job.person.PersonStory.visit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.AlertMessage.Change;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.Result;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.SegmentChange.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One person's life as the stage sees it: order, immediacy, lateness, consent, erasure, and coming back from a snapshot. */
final class PersonFunctionTest {
    private static final String RULES = """
            kind: pattern
            id: mood_falling
            version: 1
            name: Mood falling over three sessions
            family: mood
            level: AMBER
            sequence:
              - step: first
                on: session
                where: session.mood_logs > 0
              - step: second
                contiguity: next
                on: session
                where: session.mood_mean <= prev.session.mood_mean - 0.1
              - step: third
                contiguity: next
                on: session
                where: session.mood_mean <= prev.session.mood_mean - 0.1
            within: 14d
            ---
            kind: pattern
            id: item9
            version: 1
            name: Thoughts of death
            family: survey
            level: RED
            sequence:
              - step: answered
                on: survey
                where: survey.instrument == "PHQ-9" && survey.item9 >= 1
            within: 1d
            immediate: true
            ---
            kind: segment
            id: visitors
            version: 1
            name: Three visits in a week
            when:
              performed: page_view
              at_least: 3
              within: 7d
            ---
            kind: segment
            id: paying
            version: 1
            name: Pays
            when:
              profile: user.account_type == "paid"
            ---
            kind: segment
            id: software
            version: 1
            name: Makes software
            when:
              profile: properties.industry == "SaaS"
            ---
            kind: segment
            id: at-risk
            version: 1
            name: Has an open alert
            when:
              risk: AMBER
            """;

    private PersonStory story;

    @BeforeEach
    void begin() throws Exception {
        story = new PersonStory(RULES).begin();
    }

    @AfterEach
    void end() throws Exception {
        story.close();
    }

    @Test
    void threeFallingSessionsAreOneAlertWhateverOrderTheyArriveIn() throws Exception {
        story.comes(session("03T10:00:00", 0.4), session("01T10:00:00", 0.8), session("02T10:00:00", 0.6));
        assertThat(story.alerts()).isEmpty();

        story.timeIs(at("03T12:00:00"));

        assertThat(story.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.change()).isEqualTo(Change.OPENED);
            assertThat(alert.level()).isEqualTo(Level.AMBER);
            assertThat(alert.alertId()).isEqualTo(USER + "/1");
            assertThat(alert.at()).isEqualTo(at("03T10:30:00"));
            assertThat(alert.trigger().get(0).evidence().events())
                    .containsExactly(sessionOf("01T10:00:00"), sessionOf("02T10:00:00"), sessionOf("03T10:00:00"));
        });
    }

    @Test
    void whatIsImmediateIsToldAtOnceAndOnlyOnce() throws Exception {
        story.comes(visit("v1", "01T09:00:00"), item9("s1", "01T10:00:00", 1));

        assertThat(story.alerts()).extracting(AlertMessage::change).containsExactly(Change.OPENED);
        assertThat(story.alerts().get(0).at()).isEqualTo(at("01T10:00:00"));
        assertThat(story.alerts().get(0).level()).isEqualTo(Level.RED);

        story.timeIs(at("01T12:00:00"));

        assertThat(story.alerts()).hasSize(1);
        assertThat(story.results(Result.Kind.FACT)).hasSize(1);
        assertThat(told()).containsExactly("at-risk in 2026-11-01T10:00:00Z RISK");
    }

    @Test
    void whatIsLateCountsFromWhenItArrives() throws Exception {
        story.comes(visit("v1", "01T10:00:00"), visit("v2", "01T11:00:00")).timeIs(at("02T12:00:00"));
        assertThat(told()).isEmpty();

        story.comes(visit("v3", "01T10:30:00"));

        assertThat(told()).containsExactly("visitors in 2026-11-02T12:00:00Z EVENT");
        assertThat(story.results(Result.Kind.SEEN)).extracting(Result::late).containsExactly(false, false, true);
        assertThat(story.changes().get(0).expiresAt()).isEqualTo(at("08T10:00:00"));
    }

    @Test
    void withdrawnConsentClosesEverythingUntilItIsGivenAnew() throws Exception {
        story.comes(item9("s1", "01T10:02:30", 1), visit("v1", "01T10:01:00"), visit("v2", "01T10:02:00"))
                .comes(visit("v3", "01T10:03:00"))
                .timeIs(at("01T12:00:00"));

        story.comes(consent("01T13:00:00"));

        assertThat(lastAlert().change()).isEqualTo(Change.RESOLVED);
        assertThat(lastAlert().reason()).isEqualTo("consent");
        assertThat(told())
                .containsExactlyInAnyOrder(
                        "at-risk in 2026-11-01T10:02:30Z RISK",
                        "visitors in 2026-11-01T10:03:00Z EVENT",
                        "at-risk out 2026-11-01T13:00:00Z CONSENT",
                        "visitors out 2026-11-01T13:00:00Z CONSENT");

        story.comes(item9("s2", "01T14:00:00", 1), visit("v4", "01T14:01:00")).timeIs(at("02T00:00:00"));
        assertThat(story.alerts()).hasSize(2);
        assertThat(told()).hasSize(4);

        story.comes(consent("02T01:00:00", Purpose.RISK_DETECTION)).comes(item9("s3", "02T02:00:00", 1));
        assertThat(lastAlert().change()).isEqualTo(Change.OPENED);
        assertThat(lastAlert().alertId()).isEqualTo(USER + "/2");
    }

    @Test
    void erasureLeavesNothingButATombstone() throws Exception {
        story.comes(
                        item9("s1", "01T10:00:00", 1),
                        visit("v1", "01T10:01:00"),
                        profile("01T10:00:00", Map.of("account_type", "\"paid\"")))
                .timeIs(at("01T12:00:00"));
        assertThat(story.stateEntries()).isGreaterThan(3);

        story.comes(erasure("01T12:30:00"));
        assertThat(lastAlert().reason()).isEqualTo("erasure");
        assertThat(told())
                .contains("paying out 2026-11-01T12:30:00Z ERASURE", "at-risk out 2026-11-01T12:30:00Z ERASURE");
        story.timeIs(at("29T00:00:00"));

        assertThat(story.stateEntries()).isEqualTo(1);
    }

    @Test
    void aSessionFromBeforeAnErasureIsDropped() throws Exception {
        story.timeIs(at("01T12:00:00"));
        story.comes(erasure("01T12:30:00"), session("01T12:10:00", 0.4), session("01T12:31:00", 0.4))
                .timeIs(at("02T00:00:00"));

        assertThat(story.results(Result.Kind.FACT))
                .extracting(result -> result.fact() == null ? "" : result.fact().id())
                .containsExactly(sessionOf("01T12:31:00"));
    }

    @Test
    void theNewestPatchWinsFieldByField() throws Exception {
        story.comes(profile("01T10:02:00", Map.of("account_type", "\"paid\""))).timeIs(at("01T11:00:00"));
        story.comes(profile("01T10:01:00", Map.of("account_type", "\"free\"", "properties.industry", "\"SaaS\"")));

        assertThat(told())
                .containsExactly("paying in 2026-11-01T10:02:00Z PROFILE", "software in 2026-11-01T11:00:00Z PROFILE");
    }

    @Test
    void timeAloneEndsAMembershipToTheMillisecond() throws Exception {
        story.comes(visit("v1", "01T10:00:00.007"), visit("v2", "01T10:01:00"), visit("v3", "01T10:02:00"))
                .timeIs(at("08T10:00:00.006"));
        assertThat(told()).containsExactly("visitors in 2026-11-01T10:02:00Z EVENT");

        story.timeIs(at("08T10:00:00.007"));
        assertThat(told())
                .containsExactly(
                        "visitors in 2026-11-01T10:02:00Z EVENT", "visitors out 2026-11-08T10:00:00.007Z EXPIRY");
    }

    @Test
    void theEndOfTheInputTakesInWhatWaitsAndLetsNoTimePass() throws Exception {
        story.comes(visit("v1", "01T10:00:00"), visit("v2", "01T10:01:00"))
                .timeIs(at("01T10:01:30"))
                .comes(visit("v3", "01T10:02:00"))
                .timeIs(Instant.ofEpochMilli(Long.MAX_VALUE));

        assertThat(told()).containsExactly("visitors in 2026-11-01T10:02:00Z EVENT");
        try (PersonStory after = new PersonStory(RULES).begin(story.snapshot())) {
            after.comes(visit("v4", "01T10:03:00"));
            assertThat(after.results(Result.Kind.SEEN)).extracting(Result::late).containsExactly(false);
        }
    }

    @Test
    void staffIsHeardOnArrival() throws Exception {
        story.comes(item9("s1", "01T10:00:00", 1), acknowledged(USER + "/1", "01T10:05:00"));

        assertThat(story.alerts()).extracting(AlertMessage::change).containsExactly(Change.OPENED, Change.ACKNOWLEDGED);
        assertThat(lastAlert().status()).isEqualTo(AlertMessage.Status.ACKNOWLEDGED);
        assertThat(story.refused()).isEmpty();
    }

    @Test
    void anActionOnAnAlertThatIsNotThereIsRefused() throws Exception {
        story.comes(acknowledged(USER + "/7", "01T10:05:00"));

        assertThat(story.alerts()).isEmpty();
        assertThat(story.refused()).extracting(DeadLetter::reason).containsExactly(DeadLetter.Reason.BAD_ACTION);
    }

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRestartInTheMiddleChangesNothing(StateBackend backend) throws Exception {
        try (PersonStory before = new PersonStory(RULES).begin(backend, null)) {
            firstHalf(before);
            OperatorSubtaskState snapshot = before.snapshot();
            try (PersonStory after = new PersonStory(RULES).begin(backend, snapshot)) {
                secondHalf(after);
                firstHalf(story);
                secondHalf(story);

                assertThat(joined(before.alerts(), after.alerts()))
                        .hasSizeGreaterThan(1)
                        .isEqualTo(story.alerts());
                assertThat(joined(before.changes(), after.changes()))
                        .hasSizeGreaterThan(2)
                        .isEqualTo(story.changes());
            }
        }
    }

    @Test
    void twoTasksGoOnWhereOneStopped() throws Exception {
        firstHalf(story);
        OperatorSubtaskState snapshot = story.snapshot();
        int most = PersonStory.MOST_TASKS;
        int mine = KeyGroupRangeAssignment.assignKeyToParallelOperator(USER, most, 2);
        try (PersonStory before = new PersonStory(RULES).begin();
                PersonStory after = new PersonStory(RULES, 2, mine).begin(share(snapshot, mine));
                PersonStory other = new PersonStory(RULES, 2, 1 - mine).begin(share(snapshot, 1 - mine))) {
            firstHalf(before);
            secondHalf(after);
            other.timeIs(at("20T00:00:00"));
            secondHalf(story);

            assertThat(other.stateEntries()).isZero();
            assertThat(other.alerts()).isEmpty();
            assertThat(joined(before.alerts(), after.alerts())).isEqualTo(story.alerts());
            assertThat(joined(before.changes(), after.changes())).isEqualTo(story.changes());
        }
    }

    private static OperatorSubtaskState share(OperatorSubtaskState snapshot, int task) {
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(snapshot, PersonStory.MOST_TASKS, 1, 2, task);
    }

    private static void firstHalf(PersonStory story) throws Exception {
        story.comes(session("01T10:00:00", 0.8), session("03T10:00:00", 0.4), visit("v1", "01T10:00:00"))
                .timeIs(at("01T12:00:00"));
        story.comes(item9("s1", "02T10:00:00", 1), visit("v2", "01T13:00:00"));
    }

    private static void secondHalf(PersonStory story) throws Exception {
        story.comes(session("02T10:00:00", 0.6), visit("v3", "02T13:00:00"), item9("s1", "02T10:00:00", 1))
                .timeIs(at("20T00:00:00"));
    }

    @Test
    void aRuleHoldsFromItsTimestampUntilItIsRemoved() throws Exception {
        RuleRevision frequent =
                PersonStory.revisions(1, """
                        kind: pattern
                        id: visit
                        version: 1
                        name: A visit
                        family: engagement
                        level: AMBER
                        sequence:
                          - step: looked
                            on: page_view
                        within: 1d
                        """, at("02T00:00:00").toEpochMilli()).get(0);
        story.rule(frequent).comes(visit("v1", "01T23:00:00"), visit("v2", "02T00:00:00"), visit("v3", "02T01:00:00"));
        story.timeIs(at("02T02:00:00"));
        assertThat(story.alerts()).extracting(AlertMessage::at).containsExactly(at("02T00:00:00"));
        assertThat(told()).contains("visitors in 2026-11-02T01:00:00Z EVENT");

        Instant removal = at("02T03:00:00");
        story.rule(new RuleRevision(2, "segment/visitors", null, removal.toEpochMilli()))
                .comes(visit("v4", "02T04:00:00"))
                .timeIs(at("02T05:00:00"));

        assertThat(told()).contains("visitors out 2026-11-02T03:00:00Z RULE");
    }

    private static String sessionOf(String start) {
        return "session:" + at(start).toEpochMilli();
    }

    private AlertMessage lastAlert() {
        return story.alerts().get(story.alerts().size() - 1);
    }

    private List<String> told() {
        return story.changes().stream().map(PersonFunctionTest::inWords).toList();
    }

    private static String inWords(SegmentChange change) {
        Reason reason = change.reason();
        return change.segment() + (change.entered() ? " in " : " out ") + change.at() + " " + reason;
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
