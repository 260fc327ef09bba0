package dev.tideline.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.util.IOUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar, submitted as a user submits it, with the configuration that {@code docker/} ships, to a cluster whose processes
 * die and whose job is stopped and started again.
 */
class ClusterITCase {
    private static final Pattern SAVED = Pattern.compile("Savepoint completed. Path: (\\S+)");
    private static final int PEOPLE = 8;

    @TempDir
    private static Path folder;

    private static Deployment deployment;
    private static Topics topics;
    private static FlinkCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = FlinkCluster.start(folder);
        deployment = Deployment.start(folder.resolve("deployment"));
        topics = new Topics(deployment.bootstrap());
    }

    @AfterAll
    static void stop() throws Exception {
        IOUtils.closeAll(topics, cluster, deployment);
    }

    @Test
    void losesNothingAndTellsNoSegmentChangeTwiceWhenATaskManagerDiesAndWhenItGoesOnFromASavepoint() throws Exception {
        Visitors visitors = new Visitors(topics, PEOPLE);
        visitors.introduceThemselves();
        JavaProcess doomed = cluster.addTaskManager();
        String firstRun = submit();
        visitors.says(0, 0, "This was a terrible, awful and horrible day.");
        looksOnce(visitors, 0);
        looksTwiceMore(visitors, 0);
        awaitChanges(visitors.changesAfter(1));
        awaitAlert("tideline.alert.opened", visitors.id(0), "CRISIS");

        cluster.addTaskManager();
        looksOnce(visitors, 1);
        visitors.thinksOfDeath(1, 1);
        awaitAlert("tideline.alert.opened", visitors.id(1), "RED");
        doomed.kill();
        looksTwiceMore(visitors, 1);
        awaitChanges(visitors.changesAfter(2));
        assertThat(cluster.rest("/jobs/" + firstRun + "/exceptions").at("/exceptionHistory/entries"))
                .as("what made the job start again")
                .isNotEmpty();

        looksOnce(visitors, 2);
        String savepoint = stopWithSavepoint(firstRun);
        looksTwiceMore(visitors, 2);
        visitors.thinksOfDeath(2, 2);
        String secondRun = submit("-s", savepoint);
        awaitChanges(visitors.changesAfter(3));
        awaitAlert("tideline.alert.opened", visitors.id(2), "RED");
        stopWithSavepoint(secondRun);

        everyChangeIsThereOnce(visitors, 3);
        everythingIsInTheDatabase(visitors, 3);
    }

    private static void looksOnce(Visitors visitors, int round) {
        visitors.look(round, 0);
    }

    private static void looksTwiceMore(Visitors visitors, int round) {
        visitors.look(round, 1);
        visitors.look(round, 2);
        visitors.letTimePass(round);
    }

    private static void everyChangeIsThereOnce(Visitors visitors, int rounds) {
        List<JsonNode> all = topics.all("segment-changes");
        assertThat(all).extracting(change -> change.get("id").asText()).doesNotHaveDuplicates();
        assertThat(all.stream()
                        .filter(ClusterITCase::isOfOurSegment)
                        .map(change -> change.get("subject").asText()
                                + " " + change.get("data").get("sequence").asText()
                                + " " + change.get("data").get("change").asText()
                                + " " + change.get("time").asText()))
                .containsExactlyInAnyOrderElementsOf(visitors.expectedChanges(rounds));
    }

    private static void everythingIsInTheDatabase(Visitors visitors, int rounds) throws Exception {
        assertThat(deployment.rows("SELECT user_id, sequence, change, to_char(changed_at AT TIME ZONE 'UTC',"
                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM tideline.segment_changes"
                        + " WHERE segment_id = 'three-looks'"))
                .extracting(row -> row.replace('|', ' '))
                .containsExactlyInAnyOrderElementsOf(visitors.expectedChanges(rounds));
        assertThat(deployment.rows("SELECT count(*), count(DISTINCT event_id), count(*) FILTER (WHERE late)"
                        + " FROM tideline.behavioral_events"))
                .containsExactly(visitors.events() + "|" + visitors.events() + "|0");
        assertThat(deployment.rows("SELECT user_id, level FROM tideline.risk_alerts ORDER BY user_id"))
                .containsExactly(visitors.id(0) + "|CRISIS", visitors.id(1) + "|RED", visitors.id(2) + "|RED");
    }

    private static String submit(String... options) throws Exception {
        return cluster.run(deployment.configuration("tideline.yaml"), options);
    }

    private static String stopWithSavepoint(String job) {
        String said = cluster.flink(
                "stop", "--savepointPath", folder.resolve("savepoints").toUri().toString(), job);
        Matcher matcher = SAVED.matcher(said);
        assertThat(matcher.find()).as("%s in: %s", SAVED, said).isTrue();
        return matcher.group(1);
    }

    private static void awaitChanges(int count) {
        await(
                "segment-changes",
                all -> all.stream().filter(ClusterITCase::isOfOurSegment).count() >= count);
    }

    private static void awaitAlert(String type, String user, String level) {
        await(
                "risk-alerts",
                all -> all.stream()
                        .anyMatch(alert -> alert.get("type").asText().equals(type)
                                && alert.get("subject").asText().equals(user)
                                && alert.get("data").get("level").asText().equals(level)));
    }

    private static void await(String topic, Predicate<List<JsonNode>> enough) {
        if (topics.await(topic, enough) == null) {
            throw new AssertionError("not all came on " + topic + ": " + topics.all(topic) + "\n dead letters: "
                    + topics.all("dead-letters") + "\n rules: "
                    + topics.all("rule-status").stream()
                            .map(status -> status.get("rule") + " " + status.get("status") + " " + status.get("reason"))
                            .toList()
                    + "\n" + cluster.diagnosis());
        }
    }

    private static boolean isOfOurSegment(JsonNode change) {
        return change.get("data").get("segment").asText().equals("three-looks");
    }
}
