package dev.tideline.job.cep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.person.PersonOptions;
import dev.tideline.job.person.PersonTask;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.rule.RuleDocument;
import dev.tideline.patterns.rule.RuleReader;
import java.util.List;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the person stage keeps of partial matches goes with their windows, and with the rules that they are of. */
final class NothingLeftTest {
    private static final long SEED = 4;
    private static final int ARRIVALS = 2_000;
    private static final int VERSIONS = 200;

    /** How many versions that ended are kept for what comes late. */
    private static final int KEPT_FOR_LATE = 64;

    private static final int WATERMARK_EVERY = 5;

    @AfterEach
    void forget() {
        World.forget();
    }

    @ParameterizedTest
    @CsvSource({"heap, 1000000", "heap, 3", "rocksdb, 1000000", "rocksdb, 3"})
    void keepsNoPartialMatchWhoseWindowHasPassed(String backend, int mostPartials) throws Exception {
        List<Plan> plans = new RandomPlans(SEED).take();
        try (PersonTask task = new PersonTask(Cluster.rules(plans), options(mostPartials), state(backend))) {
            Flow flow = new Flow(task);
            flow.arrivals(ARRIVALS);
            assertThat(task.users("detection")).isEqualTo(World.USERS);

            task.timeIs(flow.latest());
            assertThat(task.users("timeline")).isZero();
            assertThat(task.users("detection")).isPositive();
            task.timeIs(flow.latest() + longest(plans));
            assertThat(task.users("detection")).isZero();
        }
    }

    /** After every few arrivals comes another version of a rule; the versions are of all shapes, and some of them turn the rule off. */
    @ParameterizedTest
    @CsvSource({"heap", "rocksdb"})
    void keepsNothingOfVersionsThatWereReplaced(String backend) throws Exception {
        List<Plan> plans = new RandomPlans(SEED).take();
        try (PersonTask task = new PersonTask(Cluster.rules(plans), options(1_000_000), state(backend))) {
            Flow flow = new Flow(task);
            flow.arrivals(ARRIVALS / 4);
            for (int version = 2; version <= VERSIONS; version++) {
                flow.arrivals(ARRIVALS / 2 / VERSIONS);
                task.rule(version(plans, version, flow.latest()));
            }
            flow.arrivals(ARRIVALS / 4);
            assertThat(task.users("detection")).isPositive();

            long end = flow.latest() + longest(plans);
            task.timeIs(end);
            assertThat(task.users("detection")).isZero();
            assertThat(task.users("timeline")).isZero();
            // What event time has passed is let go when the rules change next.
            task.rule(version(plans, VERSIONS + 1, end));
            assertThat(task.ruleVersions()).isLessThanOrEqualTo(plans.size() + KEPT_FOR_LATE);
        }
    }

    /** The next version of the first rule, which says what another one of the plans does. */
    private static RuleRevision version(List<Plan> plans, int version, long effectiveMillis) {
        Plan says = plans.get(version % plans.size());
        String yaml = new Plan(plans.get(0).id(), says.steps(), says.withinMinutes())
                .yaml()
                .replace("version: 1", "version: " + version + (version % 10 == 0 ? "\nenabled: false" : ""));
        RuleDocument document = RuleReader.read("version", yaml).documents().get(0);
        return new RuleRevision(version, document.rule().header().key(), document.json(), effectiveMillis);
    }

    private static long longest(List<Plan> plans) {
        return plans.stream().mapToLong(Plan::withinMillis).max().orElseThrow();
    }

    static PersonOptions options(int mostPartials) {
        return new PersonOptions(false, Long.MAX_VALUE, List.of(Purpose.RISK_DETECTION), mostPartials, false, null);
    }

    private static StateBackend state(String name) {
        return name.equals("heap") ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
    }

    /** The arrivals of the world, and event time behind them. */
    private static final class Flow {
        private final World world = World.of(SEED);
        private final PersonTask task;
        private long latest = Long.MIN_VALUE;
        private int next;

        Flow(PersonTask task) {
            this.task = task;
        }

        void arrivals(int number) throws Exception {
            for (int i = 0; i < number; i++) {
                World.Item item = world.item(next++);
                task.comes(item.arrival());
                latest = Math.max(latest, item.millis());
                if (next % WATERMARK_EVERY == 0) {
                    task.timeIs(latest - World.DISORDER.toMillis() - 1);
                }
            }
        }

        long latest() {
            return latest;
        }
    }
}
