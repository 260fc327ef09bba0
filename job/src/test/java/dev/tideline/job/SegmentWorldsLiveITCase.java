package dev.tideline.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.job.worlds.LiveWorlds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random worlds through a real broker and a real database, all at once, with rules that come, change and go on the topic while
 * the job runs: what readers of committed messages see is what counting everything again at every instant tells.
 */
final class SegmentWorldsLiveITCase {
    private static final int WORLDS = Boolean.getBoolean("tideline.exhaustive") ? 150 : 20;
    private static final int WITNESSES = 16;
    private static final String WITNESS = """
            ---
            kind: segment
            id: witness
            version: 1
            name: Ticked a moment ago
            when: { performed: tick, within: 1m }
            """;

    @TempDir
    private static Path folder;

    private static LiveWorlds worlds;
    private static LivePlace place;
    private static JobID job;

    @BeforeAll
    static void everythingHappens() throws Exception {
        worlds = new LiveWorlds(20_000, WORLDS, false);
        place = new LivePlace(folder);
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), worlds.rulesFromTheStart() + WITNESS);
        job = place.submit(
                rules,
                "{ out-of-orderness: " + LiveWorlds.BEHIND / 60_000
                        + "m, idle-timeout: 1h, end-offsets-interval: 50ms }");
        for (int phase = 0; phase < worlds.phases(); phase++) {
            rules(phase);
            privacy(phase);
            profiles(phase);
            events(phase);
        }
    }

    @AfterAll
    static void cleanUp() throws Exception {
        place.close();
    }

    /** All rules of the phase are sent, and all tasks have them. */
    private static void rules(int phase) {
        worlds.rules(phase)
                .forEach(rule ->
                        place.sendRule(rule.key(), rule.value(), rule.at().toEpochMilli()));
        String last = "segment/last-of-phase-" + phase;
        place.sendRule(
                last,
                "{\"kind\":\"segment\",\"id\":\"last-of-phase-" + phase + "\",\"version\":1,\"name\":\"The last one\","
                        + "\"when\":{\"profile\":\"user.account_type == \\\"nobody\\\"\"}}",
                worlds.end(phase));
        place.flush();
        List<JsonNode> statuses = Eventually.see(
                () -> place.messages(LivePlace.TOPICS.ruleStatus()),
                seen -> seen.stream()
                        .anyMatch(status -> status.path("rule").asText().equals(last)
                                && status.path("status").asText().equals("LIVE")));
        assertThat(statuses).extracting(status -> status.path("rule").asText()).contains(last);
        assertThat(statuses).noneMatch(status -> status.path("status").asText().equals("REJECTED"));
    }

    private static void privacy(int phase) {
        List<LiveWorlds.Line> requests = worlds.privacy(phase);
        send(LivePlace.TOPICS.privacy(), requests);
        awaitRows(
                "SELECT 1 FROM tideline.consents WHERE " + within("updated_at", phase)
                        + " UNION ALL SELECT 1 FROM tideline.erasures WHERE " + within("requested_at", phase),
                requests.size());
    }

    private static void profiles(int phase) {
        send(LivePlace.TOPICS.profiles(), worlds.profiles(phase));
        awaitRows("SELECT 1 FROM tideline.profile_changes WHERE " + within("updated_at", phase), worlds.patches(phase));
    }

    private static String within(String column, int phase) {
        long first = phase == 0 ? 0 : worlds.end(phase - 1) + 1;
        return column + " >= '" + Instant.ofEpochMilli(first) + "' AND " + column + " < '"
                + Instant.ofEpochMilli(worlds.end(phase) + 1) + "'";
    }

    /** All events of the phase, and then those that move event time to its end; returns when all tasks are there. */
    private static void events(int phase) {
        send(LivePlace.TOPICS.events(), worlds.events(phase));
        long end = worlds.end(phase);
        for (int witness = 0; witness < WITNESSES; witness++) {
            tick(new UUID(9, witness), "tick", end);
        }
        for (int witness = 0; witness < WITNESSES; witness++) {
            tick(new UUID(10, witness), "tail", end + LiveWorlds.BEHIND);
        }
        place.flush();
        awaitRows(
                "SELECT 1 FROM tideline.segment_changes WHERE segment_id = 'witness' AND change = 'entered'"
                        + " AND changed_at = '" + Instant.ofEpochMilli(end) + "'",
                WITNESSES);
    }

    private static void tick(UUID user, String type, long at) {
        place.send(
                LivePlace.TOPICS.events(),
                user.toString(),
                "{\"event_id\":\"" + new UUID(at, user.hashCode()) + "\",\"user_id\":\"" + user + "\",\"event_type\":\""
                        + type + "\",\"event_timestamp\":\"" + Instant.ofEpochMilli(at) + "\"}");
    }

    private static void awaitRows(String query, long number) {
        assertThat(Eventually.see(() -> place.rows(query), rows -> rows.size() >= number))
                .as(query)
                .hasSize((int) number);
    }

    private static void send(String topic, List<LiveWorlds.Line> lines) {
        lines.forEach(line -> place.send(topic, line.key(), String.valueOf(line.value())));
        place.flush();
    }

    @Test
    void tellsTheSameChangesAsCountingEverythingAgain() {
        Map<Long, String> expected = worlds.expected();

        Map<Long, String> told =
                Eventually.see(() -> worlds.told(place.messages(LivePlace.TOPICS.segmentChanges())), expected::equals);

        assertThat(told.values().stream().flatMap(String::lines)).hasSizeGreaterThan(5 * WORLDS);
        expected.forEach((seed, lines) ->
                assertThat(told.get(seed)).as(worlds.world(seed)).isEqualTo(lines));
    }

    @Test
    void tellsNothingTwice() {
        tellsTheSameChangesAsCountingEverythingAgain();

        assertThat(place.messages(LivePlace.TOPICS.segmentChanges()))
                .extracting(message -> message.path("id").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void keepsTheSameInTheDatabase() {
        Map<Long, String> expected = worlds.expectedRows();

        Map<Long, String> rows =
                Eventually.see(() -> worlds.inRows(place.rows(LiveWorlds.changesQuery())), expected::equals);

        expected.forEach((seed, lines) ->
                assertThat(rows.get(seed)).as(worlds.world(seed)).isEqualTo(lines));
        assertThat(worlds.ownMemberships(place.rows(LiveWorlds.membershipsQuery())))
                .isEqualTo(worlds.expectedMemberships());
    }

    @Test
    void neverRestarts() throws Exception {
        assertThat(place.neverRestarted(job)).isTrue();
    }
}
