package dev.tideline.job.person;

import static dev.tideline.job.person.PersonStory.USER;
import static dev.tideline.job.person.PersonStory.acknowledged;
import static dev.tideline.job.person.PersonStory.at;
import static dev.tideline.job.person.PersonStory.erasure;
import static dev.tideline.job.person.PersonStory.item9;
import static dev.tideline.job.person.PersonStory.profile;
import static dev.tideline.job.person.PersonStory.visit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.SegmentChange;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that change while a person's life goes on: each holds for the facts of its own time. */
final class PersonRulesTest {
    private static final String ANYBODY = """
            kind: segment
            id: anybody
            version: 1
            name: Has looked once
            when:
              performed: page_view
            """;

    private PersonStory story;

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    @BeforeEach
    void withoutRules() throws Exception {
        story = new PersonStory("").begin();
    }

    private PersonStory begin(StateBackend backend, String rules) throws Exception {
        story.close();
        story = new PersonStory(rules).begin(backend, null);
        return story;
    }

    @AfterEach
    void end() throws Exception {
        story.close();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void eachVersionJudgesTheFactsOfItsOwnTimeWhateverOrderTheyComeIn(StateBackend backend) throws Exception {
        begin(backend, visitPattern(1, "level: AMBER"));
        story.rule(1, "02T00:00:00", visitPattern(2, "level: RED"))
                .comes(visit("v3", "02T00:00:00"), visit("v1", "01T10:00:00"), visit("v2", "01T23:59:59.999"))
                .timeIs(at("03T00:00:00"));

        assertThat(signals())
                .containsExactly("v1 1 AMBER", "v2 1 AMBER", "v3 2 RED")
                .hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aVersionBeginsWithoutTheFactsOfTheOneBefore(StateBackend backend) throws Exception {
        begin(backend, twoVisits(1));
        story.rule(1, "02T00:00:00", twoVisits(2))
                .comes(visit("v1", "01T23:00:00"), visit("v2", "02T01:00:00"), visit("v3", "02T02:00:00"))
                .timeIs(at("03T00:00:00"));

        assertThat(story.alerts())
                .singleElement()
                .satisfies(alert ->
                        assertThat(alert.trigger().get(0).evidence().events()).containsExactly("v2", "v3"));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whatIsImmediateIsJudgedByItsOwnTimeEvenIfLate(StateBackend backend) throws Exception {
        begin(backend, visitPattern(1, "immediate: true\nlevel: AMBER"));
        story.rule(1, "02T00:00:00", visitPattern(2, "immediate: true\nlevel: RED"))
                .comes(visit("v2", "02T00:00:00"), visit("v1", "01T23:00:00"));
        assertThat(signals()).containsExactly("v2 2 RED", "v1 1 AMBER");

        story.timeIs(at("05T00:00:00")).comes(visit("v0", "01T22:00:00"), visit("v3", "02T01:00:00"));

        assertThat(signals()).containsExactly("v2 2 RED", "v1 1 AMBER", "v0 1 AMBER", "v3 2 RED");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aChangeOfRulesBearsItsTimestampAndIsToldOnce(StateBackend backend) throws Exception {
        begin(backend, ANYBODY);
        story.comes(visit("v1", "01T10:00:00")).timeIs(at("01T12:00:00"));

        story.rule(1, "02T00:00:00", anybody(2, "at_least: 2"))
                .rule(2, "03T00:00:00", anybody(3, "at_least: 1"))
                .removal(3, "04T00:00:00", "segment/anybody")
                .comes(visit("v2", "05T00:00:00"))
                .timeIs(at("05T12:00:00"))
                .comes(visit("v3", "06T00:00:00"))
                .timeIs(at("06T12:00:00"));

        assertThat(told())
                .containsExactly(
                        "anybody 1 in 2026-11-01T10:00:00Z EVENT",
                        "anybody 2 out 2026-11-02T00:00:00Z RULE",
                        "anybody 3 in 2026-11-03T00:00:00Z RULE",
                        "anybody 3 out 2026-11-04T00:00:00Z RULE");
        assertThat(story.changes()).extracting(SegmentChange::sequence).containsExactly(1L, 2L, 3L, 4L);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void timeGoesOnUnderTheRulesOfEachInstant(StateBackend backend) throws Exception {
        begin(backend, anybody(1, "within: 3d\n  at_least: 2"));
        story.comes(visit("v1", "01T00:00:00")).timeIs(at("01T12:00:00"));

        story.rule(1, "02T00:00:00", anybody(2, "within: 3d"))
                .comes(profile("06T00:00:00", Map.of("account_type", "\"paid\"")))
                .timeIs(at("07T00:00:00"));

        assertThat(told())
                .containsExactly("anybody 2 in 2026-11-02T00:00:00Z RULE", "anybody 2 out 2026-11-04T00:00:00Z EXPIRY");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRuleThatComesLateTakesEffectWhereTheUserIs(StateBackend backend) throws Exception {
        begin(backend, "");
        story.comes(profile("01T10:00:00", Map.of("account_type", "\"paid\""))).timeIs(at("03T00:00:00"));

        story.rule(1, "02T00:00:00", """
                        kind: segment
                        id: paying
                        version: 1
                        name: Pays
                        when:
                          profile: user.account_type == "paid"
                        """).comes(visit("v1", "04T00:00:00")).timeIs(at("05T00:00:00"));

        assertThat(told()).containsExactly("paying 1 in 2026-11-03T00:00:00Z RULE");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRuleThatIsSwitchedOffEndsAndGoesOnWhenSwitchedOn(StateBackend backend) throws Exception {
        begin(backend, ANYBODY + "---\n" + visitPattern(1, "level: AMBER"));
        story.comes(visit("v1", "01T10:00:00")).timeIs(at("01T12:00:00"));

        story.rule(1, "02T00:00:00", "enabled: false\n" + anybody(2, "at_least: 1"))
                .rule(2, "02T00:00:00", "enabled: false\n" + visitPattern(2, "level: AMBER"))
                .rule(3, "03T00:00:00", anybody(3, "at_least: 1"))
                .rule(4, "03T00:00:00", visitPattern(3, "level: RED"))
                .comes(visit("v3", "03T01:00:00"), visit("v2", "02T01:00:00"))
                .timeIs(at("04T00:00:00"));

        assertThat(told())
                .containsExactly(
                        "anybody 1 in 2026-11-01T10:00:00Z EVENT",
                        "anybody 1 out 2026-11-02T00:00:00Z RULE",
                        // Nobody counted while nobody asked.
                        "anybody 3 in 2026-11-03T01:00:00Z EVENT");
        assertThat(signals()).containsExactly("v1 1 AMBER", "v3 3 RED");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void anotherPolicyResolvesAtItsTimestampWhatItWouldHaveResolvedBefore(StateBackend backend) throws Exception {
        begin(backend, visitPattern(1, "level: AMBER"));
        story.comes(visit("v1", "01T10:00:00")).timeIs(at("01T12:00:00"));

        story.rule(1, "04T00:00:00", policy(1, "live", "quiet: { after: 1d }"))
                .comes(profile("05T00:00:00", Map.of("account_type", "\"paid\"")))
                .timeIs(at("05T12:00:00"));

        assertThat(story.alerts())
                .extracting(alert -> alert.change() + " " + alert.at())
                .containsExactly(
                        "OPENED 2026-11-01T10:00:00Z", "OVERDUE 2026-11-03T10:00:00Z", "RESOLVED 2026-11-04T00:00:00Z");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whatShadowRulesWouldDoIsCountedAndToldToNobody(StateBackend backend) throws Exception {
        begin(
                backend,
                "mode: shadow\n" + visitPattern(1, "level: RED") + "---\nmode: shadow\n" + anybody(4, "within: 1d"));
        story.comes(visit("v1", "01T10:00:00"), visit("v2", "01T11:00:00")).timeIs(at("03T00:00:00"));

        assertThat(story.counted())
                .containsExactlyInAnyOrder(
                        "pattern/visit 1 signal RED",
                        "pattern/visit 1 signal RED",
                        "segment/anybody 4 entered",
                        "segment/anybody 4 exited");
        assertThat(story.alerts()).isEmpty();
        assertThat(story.changes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whatIsImmediateAndInShadowIsCountedOnceAlsoIfLate(StateBackend backend) throws Exception {
        begin(backend, "mode: shadow\n" + visitPattern(1, "immediate: true\nlevel: RED"));
        story.comes(visit("v1", "01T10:00:00"));
        assertThat(story.counted()).isEmpty();

        story.timeIs(at("02T00:00:00"));
        assertThat(story.counted()).hasSize(1);

        story.comes(visit("v0", "01T09:00:00"));
        assertThat(story.counted()).hasSize(2).containsOnly("pattern/visit 1 signal RED");
        assertThat(story.alerts()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aPolicyIsTriedBesideTheOneInForceAndLeavesNothing(StateBackend backend) throws Exception {
        boolean onHeap = backend instanceof HashMapStateBackend;
        begin(backend, visitPattern(1, "level: AMBER"));
        story.rule(1, "01T00:00:00", policy(1, "shadow", "quiet: { after: 2d }"))
                .comes(visit("v1", "01T10:00:00"), acknowledged(USER + "/1", "01T10:30:00"))
                .timeIs(at("01T12:00:00"))
                .comes(acknowledged(USER + "/1", "01T13:00:00"), visit("v2", "01T14:00:00"))
                .timeIs(at("04T00:00:00"));
        assertThat(story.counted())
                .containsExactly(
                        "policy/tried 1 opened AMBER",
                        "policy/tried 1 acknowledged",
                        "policy/tried 1 updated",
                        "policy/tried 1 resolved");
        int entries = onHeap ? story.stateEntries() : 0;

        story.removal(2, "05T00:00:00", "policy/tried")
                .comes(profile("06T00:00:00", Map.of()))
                .timeIs(at("07T00:00:00"));

        assertThat(story.counted()).hasSize(4);
        assertThat(story.alerts()).noneMatch(alert -> alert.reason() != null);
        if (onHeap) {
            assertThat(story.stateEntries()).isEqualTo(entries - 1);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRuleThatStopsForAUserIsCountedAndHarmsNoOther(StateBackend backend) throws Exception {
        begin(backend, """
                        kind: pattern
                        id: many
                        version: 3
                        name: Too many ways
                        family: engagement
                        level: AMBER
                        sequence:
                          - step: looked
                            on: page_view
                          - step: again
                            contiguity: followed_by_any
                            on: page_view
                            times: { at_least: 1 }
                          - step: never
                            on: nothing_of_the_kind
                        within: 20d
                        ---
                        """ + visitPattern(1, "level: AMBER"));
        for (int hour = 0; hour < 20; hour++) {
            story.comes(visit("v" + hour, "01T%02d:00:00".formatted(hour)));
        }
        story.timeIs(at("02T00:00:00"));

        assertThat(story.counted()).containsOnly("pattern/many 3 stopped");
        assertThat(story.alerts()).hasSize(20);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void nothingIsLeftOfVersionsThatWereReplaced(StateBackend backend) throws Exception {
        begin(backend, twoVisits(1));
        story.comes(visit("v1", "01T10:00:00")).timeIs(at("01T12:00:00"));
        for (int version = 2; version < 12; version++) {
            story.rule(version, "02T%02d:00:00".formatted(version), twoVisits(version));
        }
        story.comes(visit("v2", "02T02:30:00")).timeIs(at("02T03:30:00"));
        story.timeIs(at("20T00:00:00"));

        assertThat(story.alerts()).isEmpty();
        if (backend instanceof HashMapStateBackend) {
            // Where the user stands, and that segments know the user.
            assertThat(story.stateEntries()).isEqualTo(2);
        }
        story.comes(erasure("20T00:00:00"));
        if (backend instanceof HashMapStateBackend) {
            assertThat(story.stateEntries()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aTaskSaysWhatItHasBeforeAnythingComesAndAfterEachChange(StateBackend backend) throws Exception {
        begin(backend, ANYBODY);
        assertThat(story.taken()).containsExactly(0L);

        story.rule(1, "01T00:00:00", anybody(2, "at_least: 2")).rule(2, "01T00:00:00", anybody(3, "at_least: 3"));
        assertThat(story.taken()).containsExactly(0L, 1L, 2L);

        try (PersonStory restored = new PersonStory("").begin(backend, story.snapshot())) {
            assertThat(restored.taken()).containsExactly(2L);
            restored.rule(2, "01T00:00:00", anybody(3, "at_least: 3"));
            assertThat(restored.taken()).containsExactly(2L, 2L);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void rulesComeBackWithEveryParallelism(StateBackend backend) throws Exception {
        begin(backend, ANYBODY + "---\n" + visitPattern(1, "level: AMBER"));
        story.comes(visit("v1", "01T10:00:00"))
                .timeIs(at("01T12:00:00"))
                .rule(1, "02T00:00:00", visitPattern(2, "level: RED"))
                .rule(2, "03T00:00:00", anybody(2, "at_least: 2"))
                .comes(visit("v3", "02T01:00:00"), visit("v2", "01T13:00:00"));
        OperatorSubtaskState whole = story.snapshot();

        List<OperatorSubtaskState> two = restarted(backend, whole, 1, 2);
        OperatorSubtaskState joined =
                AbstractStreamOperatorTestHarness.repackageState(two.toArray(new OperatorSubtaskState[0]));
        List<OperatorSubtaskState> four = restarted(backend, joined, 2, 4);
        OperatorSubtaskState again =
                AbstractStreamOperatorTestHarness.repackageState(four.toArray(new OperatorSubtaskState[0]));

        try (PersonStory last = new PersonStory("").begin(backend, again)) {
            assertThat(last.taken()).containsExactly(2L);
            last.comes(item9("s1", "03T10:00:00", 0)).timeIs(at("04T00:00:00"));
            last.removal(3, "05T00:00:00", "segment/anybody").comes(item9("s2", "06T00:00:00", 0));
            last.timeIs(at("06T12:00:00"));

            assertThat(last.alerts())
                    .extracting(alert -> alert.trigger().isEmpty()
                            ? "by time"
                            : alert.trigger().get(0).version() + " " + alert.level())
                    .startsWith("1 AMBER", "2 RED");
            assertThat(last.changes())
                    .extracting(PersonRulesTest::inWords)
                    .containsExactly("anybody 2 out 2026-11-05T00:00:00Z RULE");
        }
    }

    /** Starts so many tasks from what others left, checks that each says what it has, and takes what they leave. */
    private static List<OperatorSubtaskState> restarted(
            StateBackend backend, OperatorSubtaskState from, int before, int tasks) throws Exception {
        List<OperatorSubtaskState> left = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            OperatorSubtaskState share = AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    from, PersonStory.MOST_TASKS, before, tasks, task);
            try (PersonStory part = new PersonStory("", tasks, task).begin(backend, share)) {
                assertThat(part.taken()).containsExactly(2L);
                left.add(part.snapshot());
            }
        }
        int mine = KeyGroupRangeAssignment.assignKeyToParallelOperator(USER, PersonStory.MOST_TASKS, tasks);
        assertThat(mine).isBetween(0, tasks - 1);
        return left;
    }

    private static String visitPattern(int version, String more) {
        return """
                kind: pattern
                id: visit
                version: %d
                name: A visit
                family: engagement
                sequence:
                  - step: looked
                    on: page_view
                within: 1d
                cooldown: 1m
                %s
                """.formatted(version, more);
    }

    private static String twoVisits(int version) {
        return """
                kind: pattern
                id: twice
                version: %d
                name: Two visits
                family: engagement
                level: AMBER
                sequence:
                  - step: looked
                    on: page_view
                  - step: again
                    on: page_view
                within: 7d
                """.formatted(version);
    }

    private static String anybody(int version, String bound) {
        return """
                kind: segment
                id: anybody
                version: %d
                name: Has looked
                when:
                  performed: page_view
                  %s
                """.formatted(version, bound);
    }

    private static String policy(int version, String mode, String more) {
        return """
                kind: policy
                id: tried
                version: %d
                name: Quiet sooner
                mode: %s
                %s
                """.formatted(version, mode, more);
    }

    /** What alerts were told of: the event, the rule's version and the signal's level. */
    private List<String> signals() {
        return story.alerts().stream()
                .flatMap(alert -> alert.trigger().stream().limit(1))
                .map(signal -> signal.evidence().events().get(0) + " " + signal.version() + " " + level(signal.level()))
                .toList();
    }

    private static String level(Level level) {
        return level.name();
    }

    private List<String> told() {
        return story.changes().stream().map(PersonRulesTest::inWords).toList();
    }

    private static String inWords(SegmentChange change) {
        return change.segment() + " " + change.version() + (change.entered() ? " in " : " out ") + change.at() + " "
                + change.reason();
    }
}
