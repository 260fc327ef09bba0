package dev.tideline.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.job.rules.storm.Change;
import dev.tideline.job.rules.storm.Flow;
import dev.tideline.job.rules.storm.Reported;
import dev.tideline.job.rules.storm.RuleHistory;
import dev.tideline.job.rules.storm.RuleSpec;
import dev.tideline.job.rules.storm.RuleSpec.Shape;
import dev.tideline.job.rules.storm.Signals;
import dev.tideline.job.rules.storm.StormPlan;
import dev.tideline.job.rules.storm.Told;
import dev.tideline.job.rules.storm.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules come, change and go, on the topic and in the watched folder, while thousands of events flow. */
final class RuleChangesITCase {
    private static final long STAYS_BEHIND = 3_000;
    private static final String EVENT_TIME = "{ out-of-orderness: 3s, idle-timeout: 1h }";
    private static final RuleSpec FIRST = RuleSpec.live(Shape.SINGLE, "single-1", 1, 1, 50);
    private static final RuleSpec SECOND = RuleSpec.live(Shape.SINGLE, "single-1", 3, 1, 80);
    private static final RuleSpec BY_FILE = RuleSpec.live(Shape.SINGLE, "by-file", 1, 1, 60);
    private static final RuleSpec NEWER_BY_FILE = RuleSpec.live(Shape.SINGLE, "by-file", 2, 1, 70);
    private static final Change.Broken ORANGE = new Change.Broken(FIRST.json().replace("AMBER", "ORANGE"), "/level");
    private static final RuleSpec PAIR = RuleSpec.live(Shape.PAIR, "pair-2", 1, 2, 70);

    @TempDir
    private static Path folder;

    private static LivePlace place;
    private static JobID job;
    private static Told statuses;
    private static Told alerts;
    private static Traffic traffic;
    private static Flow flow;
    private static final List<Change> CHANGES = new ArrayList<>();

    /** The change that not every task may have yet; events must not let event time pass it. */
    private static volatile long unsettled = Long.MAX_VALUE;

    @BeforeAll
    static void everythingHappens() throws Exception {
        place = new LivePlace(folder);
        statuses = new Told(place.bootstrap(), LivePlace.TOPICS.ruleStatus());
        alerts = new Told(place.bootstrap(), LivePlace.TOPICS.alerts());
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("last.json"), StormPlan.LAST.json());
        Files.writeString(rules.resolve("steady.json"), StormPlan.STEADY.json());
        CHANGES.addAll(StormPlan.before(System.currentTimeMillis()));
        job = place.submit(rules, EVENT_TIME);
        traffic = new Traffic(7, 2_000, 100, 3);
        flow = new Flow(
                place.bootstrap(),
                LivePlace.EVENT_PARTITIONS,
                traffic,
                System.currentTimeMillis(),
                () -> unsettled == Long.MAX_VALUE ? unsettled : unsettled + STAYS_BEHIND);
        flow.start();
        alerts.await(told -> !told.isEmpty());

        settles(Change.of(soon(), FIRST), "LIVE");
        settles(Change.of(soon(), PAIR), "LIVE");
        settles(Change.broken(soon(), FIRST.key(), ORANGE), "REJECTED");
        settles(Change.of(soon(), SECOND), "LIVE");
        settles(Change.of(soon(), FIRST), "REJECTED");
        settles(Change.removal(soon(), SECOND.key()), "REMOVED");

        Path file = rules.resolve("more.json");
        settles(BY_FILE.key(), "LIVE", BY_FILE, () -> Files.writeString(file, BY_FILE.json()));
        settles(
                BY_FILE.key(),
                "REJECTED",
                null,
                () -> Files.writeString(file, BY_FILE.json().replace("AMBER", "ORANGE")));
        settles(BY_FILE.key(), "LIVE", NEWER_BY_FILE, () -> Files.writeString(file, NEWER_BY_FILE.json()));
        settles(BY_FILE.key(), "REMOVED", null, () -> Files.delete(file));
        flow.endAt(flow.frontier() + 1_000);
        flow.finish(STAYS_BEHIND);
        alerts.await(told -> Reported.whoRaised(told, StormPlan.LAST.id()).equals(Set.copyOf(traffic.witnesses())));
    }

    @AfterAll
    static void cleanUp() throws Exception {
        IOUtils.closeAll(flow, statuses, alerts, place);
    }

    @Test
    void saysOfEachVersionThatItIsTakenAndOnceThatEveryTaskHasIt() {
        assertThat(said(FIRST.key()))
                .containsExactly("ACCEPTED 1", "LIVE 1", "REJECTED", "ACCEPTED 3", "LIVE 3", "REJECTED", "REMOVED");
        assertThat(said(PAIR.key())).containsExactly("ACCEPTED 1", "LIVE 1");
        assertThat(said(BY_FILE.key()))
                .containsExactly("ACCEPTED 1", "LIVE 1", "REJECTED", "ACCEPTED 2", "LIVE 2", "REMOVED");
    }

    @Test
    void saysItWithTheDocumentAndItsTime() {
        for (JsonNode status : ofRule(SECOND.key())) {
            if (status.path("version").asInt() == SECOND.version()) {
                assertThat(status.path("document")).isEqualTo(Told.parse(SECOND.json()));
                assertThat(status.path("at").asText())
                        .isEqualTo(Instant.ofEpochMilli(CHANGES.get(5).at()).toString());
            }
        }
    }

    @Test
    void saysWhereAndWhyOneIsRefused() {
        List<JsonNode> refused = ofRule(FIRST.key()).stream()
                .filter(status -> status.path("status").asText().equals("REJECTED"))
                .toList();

        assertThat(refused).extracting(status -> status.path("path").asText()).containsExactly("/level", "/version");
        assertThat(refused.get(0).path("reason").asText()).contains("ORANGE", "AMBER", "CRISIS");
        assertThat(refused.get(1).path("reason").asText()).contains("1", "3");
    }

    @Test
    void findsInEachFactWhatTheVersionOfItsTimeFindsAndNothingElse() {
        Set<String> foreseen = Signals.foreseen(new RuleHistory(CHANGES), traffic.probes());

        assertThat(foreseen)
                .as("something of each version")
                .anyMatch(signal -> signal.contains(" single-1/1 "))
                .anyMatch(signal -> signal.contains(" single-1/3 "))
                .anyMatch(signal -> signal.contains(" pair-2/1 "))
                .anyMatch(signal -> signal.contains(" by-file/1 "))
                .anyMatch(signal -> signal.contains(" by-file/2 "))
                .anyMatch(signal -> signal.contains(" storm-steady/1 "));
        assertThat(Reported.signals(alerts.messages())).containsExactlyInAnyOrderElementsOf(foreseen);
    }

    @Test
    void neverRestarts() throws Exception {
        assertThat(place.neverRestarted(job)).isTrue();
    }

    /** An instant that events have not come to yet. */
    private static long soon() {
        return flow.frontier() + 100;
    }

    /** Makes a change, waits until it is known what became of it, and lets events flow on for a while. */
    private static void settles(Change change, String verdict) {
        unsettled = change.at();
        CHANGES.add(change);
        traffic.around(List.of(change));
        place.sendRule(change.key(), change.document(), change.at());
        place.flush();
        assertThat(awaitNext(change.key(), verdict).path("at").asText())
                .isEqualTo(Instant.ofEpochMilli(change.at()).toString());
        goOn(change.at());
    }

    /** Something that is done to a file. */
    private interface Edit {
        void run() throws IOException;
    }

    /** The same with a file: when that was noticed is told, and is from when the change holds. */
    private static void settles(String key, String verdict, @Nullable RuleSpec rule, Edit edit) throws IOException {
        unsettled = System.currentTimeMillis();
        edit.run();
        long at = Instant.parse(awaitNext(key, verdict).path("at").asText()).toEpochMilli();
        assertThat(at).isGreaterThanOrEqualTo(unsettled);
        if (rule != null) {
            CHANGES.add(Change.of(at, rule));
        } else if (verdict.equals("REMOVED")) {
            CHANGES.add(Change.removal(at, key));
        }
        goOn(at);
    }

    /** The first status of the rule with this verdict after those that were there before. */
    private static JsonNode awaitNext(String key, String verdict) {
        long before = count(statuses.messages(), key, verdict);
        assertThat(statuses.await(told -> count(told, key, verdict) > before))
                .as("%s %s in %s", key, verdict, statuses.messages())
                .isTrue();
        List<JsonNode> all = ofRule(key).stream()
                .filter(status -> status.path("status").asText().equals(verdict))
                .toList();
        return all.get(all.size() - 1);
    }

    private static long count(List<JsonNode> told, String key, String verdict) {
        return told.stream()
                .filter(status -> status.path("rule").asText().equals(key)
                        && status.path("status").asText().equals(verdict))
                .count();
    }

    private static void goOn(long at) {
        unsettled = Long.MAX_VALUE;
        flow.awaitFrontier(at + 1_000);
    }

    private static List<JsonNode> ofRule(String key) {
        return statuses.messages().stream()
                .filter(status -> status.path("rule").asText().equals(key))
                .toList();
    }

    private static List<String> said(String key) {
        return ofRule(key).stream()
                .map(status -> status.path("status").asText()
                        + (status.path("status").asText().matches("ACCEPTED|LIVE")
                                ? " " + status.path("version").asText()
                                : ""))
                .toList();
    }
}
