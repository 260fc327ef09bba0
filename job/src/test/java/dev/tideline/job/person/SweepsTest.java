package dev.tideline.job.person;

import static dev.tideline.job.person.PersonStory.at;
import static dev.tideline.job.person.PersonStory.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.SegmentChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

/** What changes for everybody comes to everybody, whether or not anything else happens to them. */
final class SweepsTest {
    private static final int PEOPLE = 7;

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
        story = PersonStory.inSmallSlices(rules, 1, 0).begin(backend, null);
        story.comes(everybodyVisits("01T10:00:00")).timeIs(at("01T12:00:00"));
        return story;
    }

    @AfterEach
    void end() throws Exception {
        story.close();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void everybodyEntersASegmentOfThoseWhoNeverDid(StateBackend backend) throws Exception {
        begin(backend, "");

        story.rule(1, "02T00:00:00", never(1)).slices();
        assertThat(story.changes()).isEmpty();

        story.timeIs(at("02T00:00:00")).slices();

        assertThat(told())
                .containsExactlyInAnyOrderElementsOf(everybody("never 1 in 2026-11-02T00:00:00Z RULE null 1"));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void everybodyLeavesASegmentThatIsRemoved(StateBackend backend) throws Exception {
        begin(backend, never(1));

        story.removal(1, "02T00:00:00", "segment/never")
                .timeIs(at("03T00:00:00"))
                .slices();

        assertThat(told()).hasSize(2 * PEOPLE);
        assertThat(told()).containsAll(everybody("never 1 out 2026-11-02T00:00:00Z RULE null 2"));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whatHappensBetweenSlicesTakesNobodyTwice(StateBackend backend) throws Exception {
        begin(backend, "");
        story.rule(1, "02T00:00:00", ever(1)).timeIs(at("02T00:00:00"));
        story.rule(2, "02T01:00:00", never(2));

        story.slice().slice();
        story.comes(everybodyVisits("02T02:00:00")).timeIs(at("02T03:00:00")).slice();
        story.comes(visit(PEOPLE, "02T04:00:00")).timeIs(at("02T05:00:00")).slices();

        List<String> expected = everybody("never 2 in 2026-11-02T01:00:00Z RULE null 1");
        expected.add(PEOPLE + " never 2 in 2026-11-02T04:00:00Z EVENT visit of 7 at 02T04:00:00 1");
        assertThat(told()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void changesThatComeMeanwhileMakeForOneMoreWalk(StateBackend backend) throws Exception {
        begin(backend, "");
        int once =
                story.rule(1, "02T00:00:00", never(1)).timeIs(at("02T00:00:00")).slices();

        story.rule(2, "03T00:00:00", ever(2)).timeIs(at("03T00:00:00")).slice();
        for (int version = 3; version <= 12; version++) {
            story.rule(version, "03T00:00:00", version % 2 == 0 ? ever(version) : never(version));
        }
        int more = story.slices();

        // One slice of the walk that was under way was done.
        assertThat(more).isEqualTo(2 * once - 1);
        assertThat(story.changes()).filteredOn(change -> !change.entered()).hasSize(PEOPLE);
        assertThat(story.slices()).isZero();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void itIsToldAtMostEverySecondHowManyHaveComeThere(StateBackend backend) throws Exception {
        begin(backend, "");
        story.rule(1, "02T00:00:00", never(1))
                .rule(2, "02T00:00:00", segment("another", 1, "at_least: 2"))
                .rule(3, "04T00:00:00", ever(2))
                .timeIs(at("03T00:00:00"));

        story.waits(Duration.ofSeconds(1)).slice();
        List<String> soon = story.reached();
        story.waits(Duration.ofSeconds(1)).slices();

        assertThat(soon).hasSize(1).allMatch(reached -> reached.matches("1 2: [12] of 7"));
        assertThat(story.reached()).hasSize(3).last().isEqualTo("1 2: 7 of 7 through");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void theTaskSaysWhenAllUsersWereShownWhatWasRead(StateBackend backend) throws Exception {
        begin(backend, "");
        RuleRevision waits = PersonStory.revisions(
                        4, never(1), at("02T00:00:00").toEpochMilli())
                .get(0)
                .awaitingHistory();
        story.rule(waits).timeIs(at("02T00:00:00")).slices();

        story.rule(RuleRevision.filled(4)).slice();
        assertThat(story.filled()).isEmpty();
        story.slices();
        assertThat(story.filled()).containsExactly(4L);

        OperatorSubtaskState snapshot = story.snapshot();
        story.close();
        story = PersonStory.inSmallSlices("", 1, 0).begin(backend, snapshot);
        assertThat(story.filled()).containsExactly(4L);
        assertThat(story.slices()).isZero();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void nobodyIsToldTwiceWhereTheTaskIsRestartedInTheMiddle(StateBackend backend) throws Exception {
        begin(backend, "");
        story.rule(1, "02T00:00:00", never(1)).timeIs(at("02T00:00:00"));
        story.slice().slice();
        List<String> before = told();
        OperatorSubtaskState snapshot = story.snapshot();
        story.close();

        story = PersonStory.inSmallSlices("", 1, 0).begin(backend, snapshot);
        story.slices();

        assertThat(before).isNotEmpty().hasSizeLessThan(PEOPLE);
        assertThat(Stream.concat(before.stream(), told().stream()))
                .containsExactlyInAnyOrderElementsOf(everybody("never 1 in 2026-11-02T00:00:00Z RULE null 1"));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void nobodyIsForgottenWhereTasksAreTwoFromThenOn(StateBackend backend) throws Exception {
        begin(backend, "");
        story.rule(1, "02T00:00:00", never(1)).rule(2, "03T00:00:00", ever(2)).timeIs(at("02T00:00:00"));
        story.slice();
        List<String> told = told();
        OperatorSubtaskState snapshot = story.snapshot();

        for (int task = 0; task < 2; task++) {
            story.close();
            story = PersonStory.inSmallSlices("", 2, task).begin(backend, part(snapshot, task));
            story.slices();
            story.timeIs(at("03T00:00:00")).slices();
            told.addAll(told());
        }

        List<String> expected = everybody("never 1 in 2026-11-02T00:00:00Z RULE null 1");
        expected.addAll(everybody("never 2 out 2026-11-03T00:00:00Z RULE null 2"));
        assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void nobodyIsForgottenWhereTwoTasksBecomeOne(StateBackend backend) throws Exception {
        List<OperatorSubtaskState> parts = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (int task = 0; task < 2; task++) {
            story = PersonStory.inSmallSlices("", 2, task).begin(backend, null);
            story.comes(everybodyOf(task)).timeIs(at("01T12:00:00"));
            story.rule(1, "02T00:00:00", never(1)).timeIs(at("02T00:00:00"));
            // The first task is through, the second has not begun.
            if (task == 0) {
                story.slices();
            }
            told.addAll(told());
            parts.add(story.snapshot());
            story.close();
        }

        story = PersonStory.inSmallSlices("", 1, 0)
                .begin(
                        backend,
                        AbstractStreamOperatorTestHarness.repackageState(parts.toArray(OperatorSubtaskState[]::new)));
        story.slices();
        told.addAll(told());

        assertThat(told).containsExactlyInAnyOrderElementsOf(everybody("never 1 in 2026-11-02T00:00:00Z RULE null 1"));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aPatternThatChangesConcernsNobodyUntilSomethingHappens(StateBackend backend) throws Exception {
        begin(backend, "");

        story.rule(1, "02T00:00:00", """
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
                        """).timeIs(at("03T00:00:00"));

        assertThat(story.slices()).isZero();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whoHasNotBeenReachedWhenTheInputEndsIsBroughtToTheEnd(StateBackend backend) throws Exception {
        begin(backend, "");
        story.rule(1, "02T00:00:00", never(1))
                .rule(2, "05T00:00:00", ever(2))
                .timeIs(at("02T12:00:00"))
                .slice();

        story.ends();

        assertThat(told())
                .containsExactlyInAnyOrderElementsOf(everybody("never 1 in 2026-11-02T00:00:00Z RULE null 1"));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aHistoryBringsEverybodyToWhereTimeEnds(StateBackend backend) throws Exception {
        story = PersonStory.until(at("03T00:00:00"), "").begin(backend, null);
        story.comes(everybodyVisits("01T10:00:00")).timeIs(at("01T12:00:00"));

        story.rule(1, "02T00:00:00", never(1))
                .removal(2, "03T00:00:00", "segment/never")
                .rule(3, "03T00:00:00.001", never(1))
                .timeIs(at("02T12:00:00"));
        assertThat(story.slices()).isZero();
        story.ends();

        List<String> expected = everybody("never 1 in 2026-11-02T00:00:00Z RULE null 1");
        expected.addAll(everybody("never 1 out 2026-11-03T00:00:00Z RULE null 2"));
        assertThat(told()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static OperatorSubtaskState part(OperatorSubtaskState snapshot, int task) {
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(snapshot, PersonStory.MOST_TASKS, 1, 2, task);
    }

    private static Arrival[] everybodyVisits(String time) {
        return IntStream.range(0, PEOPLE).mapToObj(user -> visit(user, time)).toArray(Arrival[]::new);
    }

    private static Arrival[] everybodyOf(int task) {
        return Stream.of(everybodyVisits("01T10:00:00"))
                .filter(arrival ->
                        KeyGroupRangeAssignment.assignKeyToParallelOperator(arrival.user(), PersonStory.MOST_TASKS, 2)
                                == task)
                .toArray(Arrival[]::new);
    }

    private static Arrival visit(int user, String time) {
        return event("visit of " + user + " at " + time, user(user), "page_view", time, "{\"path\":\"/pricing\"}");
    }

    private static String user(int number) {
        return "00000000-0000-4000-8000-00000000000" + number;
    }

    private static String never(int version) {
        return segment(version, "at_most: 0");
    }

    private static String ever(int version) {
        return segment(version, "at_least: 1");
    }

    private static String segment(int version, String bound) {
        return segment("never", version, bound);
    }

    private static String segment(String id, int version, String bound) {
        return """
                kind: segment
                id: %s
                version: %d
                name: About a report
                when:
                  performed: report_generated
                  %s
                """.formatted(id, version, bound);
    }

    private static List<String> everybody(String what) {
        return new ArrayList<>(
                IntStream.range(0, PEOPLE).mapToObj(user -> user + " " + what).toList());
    }

    private List<String> told() {
        return new ArrayList<>(story.changes().stream().map(SweepsTest::inWords).toList());
    }

    private static String inWords(SegmentChange change) {
        return change.user().substring(35) + " " + change.segment() + " " + change.version()
                + (change.entered() ? " in " : " out ") + change.at() + " " + change.reason() + " " + change.cause()
                + " " + change.sequence();
    }
}
