package dev.tideline.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.job.rules.storm.Change;
import dev.tideline.job.rules.storm.Flow;
import dev.tideline.job.rules.storm.Reported;
import dev.tideline.job.rules.storm.RuleHistory;
import dev.tideline.job.rules.storm.Signals;
import dev.tideline.job.rules.storm.StormPlan;
import dev.tideline.job.rules.storm.Told;
import dev.tideline.job.rules.storm.Traffic;
import dev.tideline.job.rules.storm.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.util.IOUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules change many times a second while events flow, and in the middle of it one of two task managers is killed. What is
 * reported and what is found must be what a replay of the changes by a plain model says: nothing else, and nothing missed.
 *
 * <p>It is known beforehand however slow the machine is, because events wait where they would run ahead: none is sent that
 * could let event time pass a change before that change is in a checkpoint ({@link RuleWriter}).
 */
class RuleStormITCase {
    private static final boolean WHOLE = Boolean.getBoolean("tideline.exhaustive");
    private static final long SEED = 20251103;
    private static final int CHANGES = WHOLE ? 1_000 : 150;
    private static final int EVENTS_A_SECOND = WHOLE ? 2_000 : 1_000;
    private static final int WITNESSES = 300;
    private static final long PAUSE_MILLIS = 60;
    private static final long BEGINNING = Instant.parse("2025-11-03T10:00:00Z").toEpochMilli();
    private static final long FIRST_CHANGE = BEGINNING + 2_000;
    private static final long LAST_EVENT = FIRST_CHANGE + CHANGES * PAUSE_MILLIS + 1_000;
    private static final long STAYS_BEHIND = Duration.ofSeconds(10).toMillis();

    /** Event time never goes on by itself here: events alone move it. */
    private static final String SETTINGS = """

            consent:
              default: grant
            event-time:
              out-of-orderness: 10s
              idle-timeout: 1h
            """;

    @TempDir
    private static Path folder;

    private static FlinkCluster cluster;
    private static Deployment deployment;
    private static Told statuses;
    private static Told alerts;
    private static RuleWriter writer;
    private static RuleHistory history;
    private static Set<String> foreseen;
    private static JsonNode restarts;

    @BeforeAll
    static void everythingHappens() throws Exception {
        cluster = FlinkCluster.start(folder, Map.of("taskmanager.numberOfTaskSlots", "1"));
        cluster.addTaskManager();
        JavaProcess doomed = cluster.addTaskManager();
        deployment = Deployment.start(folder.resolve("deployment"));
        statuses = new Told(deployment.bootstrap(), "rule-status");
        alerts = new Told(deployment.bootstrap(), "risk-alerts");
        String job = cluster.run(deployment.configuration("tideline.yaml", SETTINGS));

        List<Change> before = StormPlan.before(BEGINNING);
        List<Change> storm = StormPlan.of(SEED, CHANGES, FIRST_CHANGE, PAUSE_MILLIS);
        List<Change> all = new ArrayList<>(before);
        all.addAll(storm);
        history = new RuleHistory(all);
        Traffic traffic = new Traffic(SEED, EVENTS_A_SECOND, WITNESSES, StormPlan.SLOTS).around(storm);
        writer = new RuleWriter(deployment.bootstrap(), all);
        writer.sendUntil(before.size(), 0);
        writer.awaitAllKept(cluster::diagnosis);
        try (Flow flow = new Flow(
                deployment.bootstrap(),
                Deployment.PARTITIONS,
                traffic,
                BEGINNING,
                RuleStormITCase::asFarAsEventsMayGo)) {
            flow.start();
            writer.sendUntil(before.size() + CHANGES / 2, PAUSE_MILLIS);
            doomed.kill();
            cluster.addTaskManager();
            writer.sendUntil(all.size(), PAUSE_MILLIS);
            flow.endAt(LAST_EVENT);
            writer.awaitAllKept(cluster::diagnosis);
            flow.finish(STAYS_BEHIND);
        }
        foreseen = Signals.foreseen(history, traffic.probes());
        restarts = cluster.rest("/jobs/" + job + "/exceptions").at("/exceptionHistory/entries");
        await(alerts, told -> Reported.whoRaised(told, StormPlan.LAST.id()).equals(Set.copyOf(traffic.witnesses())));
        statuses.await(RuleStormITCase::allIsSaid);
    }

    @AfterAll
    static void stop() throws Exception {
        IOUtils.closeAll(writer, statuses, alerts, cluster, deployment);
    }

    @Test
    void startsAgainInTheMiddle() {
        assertThat(restarts).isNotEmpty();
    }

    @Test
    void saysOfEachChangeWhatBecameOfIt() {
        Set<Verdict> told = Reported.verdicts(statuses.messages(), history.rules());

        assertThat(told).containsExactlyInAnyOrderElementsOf(history.verdicts());
        assertThat(told).extracting(Verdict::status).contains("ACCEPTED", "WAITING", "REMOVED");
        assertThat(told.stream().filter(verdict -> verdict.status().equals("REJECTED")))
                .hasSizeGreaterThanOrEqualTo(CHANGES / 20);
    }

    @Test
    void saysLastOfEachRuleWhatItIsInTheEnd() {
        Map<String, String> last = Reported.last(statuses.messages());

        assertThat(history.rules())
                .allSatisfy(rule -> assertThat(history.lastWords(rule)).as(rule).contains(last.get(rule)));
    }

    @Test
    void hasInEveryTaskEachVersionThatIsThereInTheEnd() {
        assertThat(Reported.live(statuses.messages())).containsAll(history.versions());
    }

    @Test
    void findsWhatEachVersionFindsInTheFactsThatItHoldsFor() {
        assertThat(foreseen).hasSizeGreaterThan(CHANGES);
        assertThat(Reported.signals(alerts.messages())).containsExactlyInAnyOrderElementsOf(foreseen);
    }

    @Test
    void refusesNoEvent() {
        try (Told deadLetters = new Told(deployment.bootstrap(), "dead-letters")) {
            deadLetters.readOn(Duration.ofSeconds(1));
            assertThat(deadLetters.messages()).isEmpty();
        }
    }

    private static long asFarAsEventsMayGo() {
        long first = writer.firstTimeNotKept();
        return first == Long.MAX_VALUE ? first : first + STAYS_BEHIND;
    }

    private static boolean allIsSaid(List<JsonNode> told) {
        Map<String, String> last = Reported.last(told);
        return history.rules().stream()
                .allMatch(rule -> history.lastWords(rule).contains(last.getOrDefault(rule, "nothing")));
    }

    private static void await(Told topic, Predicate<List<JsonNode>> enough) {
        if (!topic.await(enough)) {
            throw new AssertionError(
                    "not all was told: " + topic.messages().size() + " messages\n" + cluster.diagnosis());
        }
    }
}
