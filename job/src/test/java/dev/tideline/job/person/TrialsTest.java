package dev.tideline.job.person;

import static dev.tideline.job.person.PersonStory.at;
import static dev.tideline.job.person.PersonStory.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.rules.RuleReport;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.PrivacyRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A version of a segment that is tried out tells its size, and who would come and go. */
final class TrialsTest {
    private PersonStory story;

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    @BeforeEach
    void withoutRules() throws Exception {
        story = new PersonStory("").begin();
    }

    @AfterEach
    void end() throws Exception {
        story.close();
    }

    /** Users 0 to 4 visit as often as their number says. */
    private void begin(StateBackend backend) throws Exception {
        story.close();
        story = new PersonStory(visited("live", 1, 1)).begin(backend, null);
        for (int user = 0; user < 5; user++) {
            story.comes(event("there " + user, user(user), "something", "01T09:00:00", null));
            for (int time = 0; time < user; time++) {
                story.comes(visit(user, "01T1" + time + ":00:00"));
            }
        }
        story.timeIs(at("01T20:00:00"));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void itIsCountedWhoeverNothingHappensTo(StateBackend backend) throws Exception {
        begin(backend);

        story.rule(1, "02T00:00:00", visited("shadow", 2, 1))
                .timeIs(at("02T00:00:00"))
                .slices();
        soon();

        assertThat(tried()).isEqualTo("segment/looked 2: 4 4 0");
        assertThat(trial().enters()).containsExactlyInAnyOrder(user(1), user(2), user(3), user(4));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void itIsCountedRightAsUsersComeAndGoAndAreErased(StateBackend backend) throws Exception {
        begin(backend);
        story.rule(1, "02T00:00:00", visited("shadow", 2, 1))
                .timeIs(at("02T00:00:00"))
                .slices();
        soon();

        story.comes(visit(0, "02T01:00:00"), visit(7, "02T01:00:00"))
                .comes(Arrival.of(new PrivacyRequest(user(4), at("02T01:00:00"), true, List.of())))
                .timeIs(at("02T02:00:00"));
        soon();

        assertThat(tried()).isEqualTo("segment/looked 2: 5 5 0");
        assertThat(trial().enters()).contains(user(0), user(7)).doesNotContain(user(4));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void anotherVersionIsCountedFromWhatIsKnownAndTheEndOfItEndsAll(StateBackend backend) throws Exception {
        begin(backend);
        story.rule(1, "02T00:00:00", visited("shadow", 2, 1))
                .timeIs(at("02T00:00:00"))
                .slices();

        story.rule(2, "03T00:00:00", visited("shadow", 3, 3))
                .timeIs(at("03T00:00:00"))
                .slices();
        soon();
        assertThat(tried()).startsWith("segment/looked 3:");

        story.rule(3, "04T00:00:00", visited("live", 4, 1))
                .timeIs(at("04T00:00:00"))
                .slices();

        assertThat(story.users("tried")).isZero();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void countsGoWithTheUsersWhereTasksAreTwoFromThenOn(StateBackend backend) throws Exception {
        begin(backend);
        story.rule(1, "02T00:00:00", visited("shadow", 2, 1))
                .timeIs(at("02T00:00:00"))
                .slices();
        OperatorSubtaskState snapshot = story.snapshot();

        long size = 0;
        for (int task = 0; task < 2; task++) {
            story.close();
            story = new PersonStory("", 2, task)
                    .begin(
                            backend,
                            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                    snapshot, PersonStory.MOST_TASKS, 1, 2, task));
            soon();
            size += trial().size();
            assertThat(trial().enters()).hasSize((int) trial().size());
        }

        assertThat(size).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void oneHundredAreNamed(StateBackend backend) throws Exception {
        story.close();
        story = new PersonStory(visited("shadow", 1, 1)).begin(backend, null);
        story.comes(IntStream.range(0, 130)
                        .mapToObj(user -> visit(user, "01T10:00:00"))
                        .toArray(Arrival[]::new))
                .timeIs(at("01T20:00:00"));
        soon();

        assertThat(tried()).isEqualTo("segment/looked 1: 130 130 0");
        assertThat(trial().enters()).hasSize(100).doesNotHaveDuplicates();
    }

    private void soon() throws Exception {
        story.waits(Duration.ofMillis(1_001));
    }

    private String tried() {
        RuleReport said = story.tried();
        return said.key() + " " + said.version() + ": " + trial().size() + " " + trial().entering() + " "
                + trial().leaving();
    }

    private RuleReport.Trial trial() {
        return Objects.requireNonNull(story.tried().trial());
    }

    private static Arrival visit(int user, String time) {
        return event("visit of " + user + " at " + time, user(user), "page_view", time, "{\"path\":\"/pricing\"}");
    }

    private static String user(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    private static String visited(String mode, int version, int times) {
        return """
                kind: segment
                id: looked
                version: %d
                mode: %s
                name: Looked
                when:
                  performed: page_view
                  at_least: %d
                """.formatted(version, mode, times);
    }
}
