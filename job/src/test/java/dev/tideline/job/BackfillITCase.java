package dev.tideline.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.util.IOUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * People first, then segments that ask what those people did: each is right from its first instant, though the job dies while
 * their past is being read.
 */
final class BackfillITCase {
    private static final Instant BEGIN = Instant.parse("2025-03-01T00:00:00Z");
    private static final Instant T = Instant.parse("2025-03-05T00:00:00Z");
    private static final String EVENT_TIME = "{ out-of-orderness: 1s, idle-timeout: 1h, end-offsets-interval: 50ms }";
    private static final String ANNA = id(1);
    private static final String BERT = id(2);
    private static final String CARL = id(3);
    private static final int OTHERS = 8;
    private static int events;

    @TempDir
    private static Path folder;

    private static LivePlace place;

    @BeforeAll
    static void everythingHappensWithADeathInTheMiddle() throws Exception {
        place = new LivePlace(folder);
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("steady.yaml"), """
                { kind: segment, id: steady, version: 1, name: Steady, when: { performed: page_view, within: 1h } }""");
        JobID job = place.submit(rules, EVENT_TIME);

        theyLive();
        eventTimeIs(T.minusSeconds(60));
        awaitRows(11 + OTHERS);
        try (Connection held = place.lock("profile_changes")) {
            theSegmentsCome();
            // Time passes their instant, and somebody does something while their past is being read.
            did(BERT, T.plusSeconds(60), "page_view", "{\"path\":\"/pricing\"}");
            eventTimeIs(T.plusSeconds(120));
            awaitReaderThatWaits();
            place.killTaskManager();
            held.rollback();
        }
        awaitLive("visits", "never", "free", "looked-then-left", "both");
        // Time alone ends what it ends.
        eventTimeIs(T.plus(Duration.ofDays(20)));
        Eventually.see(() -> changes("visits").size(), size -> size >= 4);
        eventTimeIs(T.plus(Duration.ofDays(20)).plusSeconds(60));
        place.stopWithSavepoint(job);
    }

    @AfterAll
    static void cleanUp() throws Exception {
        IOUtils.closeAll(place);
    }

    private static void theyLive() {
        profile(ANNA, BEGIN, "free");
        profile(BERT, BEGIN, "free");
        // Anna was there three times on paying, once before.
        did(ANNA, BEGIN.plusSeconds(10), "page_view", "{\"path\":\"/pricing\"}");
        profile(ANNA, BEGIN.plusSeconds(3600), "paid");
        for (int day = 1; day <= 3; day++) {
            did(ANNA, BEGIN.plus(Duration.ofDays(day)), "page_view", "{\"path\":\"/pricing\"}");
        }
        did(ANNA, BEGIN.plus(Duration.ofDays(3)).plusSeconds(60), "trial_started", "{}");
        did(BERT, BEGIN.plus(Duration.ofDays(2)), "page_view", "{\"path\":\"/home\"}");
        did(BERT, BEGIN.plus(Duration.ofDays(2)).plusSeconds(30), "page_view", "{\"path\":\"/pricing\"}");
        did(CARL, BEGIN.plus(Duration.ofDays(1)), "message_sent", "{}");
        place.flush();
    }

    private static void theSegmentsCome() {
        segment("visits", "{ performed: page_view, at_least: 3, within: 7d }");
        segment("never", "{ not: { performed: trial_started } }");
        segment("free", "{ performed: page_view, where: 'user.account_type == \"free\"', within: 30d }");
        segment("looked-then-left", """
                { sequence: [ { step: looked, on: page_view, where: 'context.path == "/pricing"' },
                              { step: tried, on: trial_started } ], within: 3d }""");
        segment("both", "{ all: [ { segment: visits }, { segment: never } ] }");
        place.flush();
    }

    @Test
    void whoWasThereThreeTimesIsInFromTheFirstInstantAndOutToTheMillisecond() {
        // Anna's three newest are of 2, 3 and 4 March; Bert's third is live.
        assertThat(changes("visits"))
                .containsExactly(
                        "anna entered rule 2025-03-05T00:00:00Z 1",
                        "bert entered event 2025-03-05T00:01:00Z 1",
                        "anna exited expiry 2025-03-09T00:00:00Z 2",
                        "bert exited expiry 2025-03-10T00:00:00Z 2");
    }

    @Test
    void whoNeverDidSomethingIsIn() {
        assertThat(changes("never"))
                .containsExactly(
                        "bert entered rule 2025-03-05T00:00:00Z 1", "carl entered rule 2025-03-05T00:00:00Z 1");
    }

    @Test
    void profilesAreThoseOfTheirDays() {
        assertThat(changes("free"))
                .containsExactly(
                        "anna entered rule 2025-03-05T00:00:00Z 1", "bert entered rule 2025-03-05T00:00:00Z 1");
    }

    @Test
    void sequencesHoldFromMatchesOfThePast() {
        assertThat(changes("looked-then-left"))
                .containsExactly(
                        "anna entered rule 2025-03-05T00:00:00Z 1", "anna exited expiry 2025-03-07T00:00:00Z 2");
    }

    @Test
    void aSegmentOfSegmentsFollows() {
        assertThat(changes("both"))
                .containsExactly(
                        "bert entered event 2025-03-05T00:01:00Z 1", "bert exited expiry 2025-03-10T00:00:00Z 2");
    }

    @Test
    void saysThatItIsBeingFilledAndThenThatItIsLive() {
        for (String segment : List.of("visits", "never", "free", "looked-then-left", "both")) {
            List<String> said = statuses(segment);
            assertThat(said).as(segment).containsSubsequence("ACCEPTED", "BACKFILLING", "LIVE");
            assertThat(said).as(segment).last().isEqualTo("LIVE");
        }
    }

    @Test
    void tellsOnTheTopicWhatItKeepsInTheDatabase() {
        List<String> told = new ArrayList<>();
        for (JsonNode message : place.messages(LivePlace.TOPICS.segmentChanges())) {
            told.add(message.path("id").asText());
        }
        assertThat(told).doesNotHaveDuplicates();
        assertThat(place.rows("SELECT message_id FROM tideline.segment_changes"))
                .containsExactlyInAnyOrderElementsOf(told);
    }

    private static void awaitRows(int count) {
        String rows = Eventually.see(
                () -> place.rows("SELECT (SELECT count(*) FROM tideline.behavioral_events)"
                                + " + (SELECT count(*) FROM tideline.profile_changes)")
                        .get(0),
                seen -> Integer.parseInt(seen) >= count);
        assertThat(Integer.parseInt(rows)).isGreaterThanOrEqualTo(count);
    }

    private static void awaitReaderThatWaits() {
        assertThat(Eventually.see(
                        () -> place.rows("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND query LIKE 'DECLARE past%'"),
                        rows -> !rows.isEmpty()))
                .isNotEmpty();
    }

    private static void awaitLive(String... segments) {
        for (String segment : segments) {
            List<String> said = Eventually.see(() -> statuses(segment), all -> all.contains("LIVE"));
            assertThat(said).as(segment).contains("LIVE");
        }
    }

    private static List<String> statuses(String segment) {
        return place.messages(LivePlace.TOPICS.ruleStatus()).stream()
                .filter(status -> status.path("rule").asText().equals("segment/" + segment))
                .map(status -> status.path("status").asText())
                .toList();
    }

    private static List<String> changes(String segment) {
        return place.messages(LivePlace.TOPICS.segmentChanges()).stream()
                .filter(change -> change.at("/data/segment").asText().equals(segment))
                .filter(change -> !name(change.path("subject").asText()).isEmpty())
                .map(change -> name(change.path("subject").asText())
                        + " " + change.at("/data/change").asText()
                        + " " + change.at("/data/reason").asText()
                        + " " + change.path("time").asText()
                        + " " + change.at("/data/sequence").asText())
                .sorted((one, other) -> {
                    int byTime = one.split(" ")[3].compareTo(other.split(" ")[3]);
                    return byTime == 0 ? one.compareTo(other) : byTime;
                })
                .toList();
    }

    private static String name(String user) {
        return user.equals(ANNA) ? "anna" : user.equals(BERT) ? "bert" : user.equals(CARL) ? "carl" : "";
    }

    /** People of no interest do something on every partition, for event time to come to the instant. */
    private static void eventTimeIs(Instant instant) {
        for (int other = 0; other < OTHERS; other++) {
            did(id(10 + other), instant.plusSeconds(1), "tick", "{}");
        }
        place.flush();
    }

    private static void did(String user, Instant at, String type, String context) {
        String event = """
                {"event_id":"%s","user_id":"%s","event_type":"%s","event_timestamp":"%s","context":%s}""".formatted(new UUID(0x4000L, 0x8000000000000000L + ++events), user, type, at, context);
        place.send(LivePlace.TOPICS.events(), user, event);
    }

    private static void profile(String user, Instant at, String account) {
        String patch = """
                {"user_id":"%s","updated_at":"%s","account_type":"%s"}""".formatted(user, at, account);
        place.send(LivePlace.TOPICS.profiles(), user, patch);
    }

    private static void segment(String id, String when) {
        String yaml = "{ kind: segment, id: " + id + ", version: 1, name: N, when: " + when + " }";
        String json = dev.tideline.patterns.rule.RuleReader.read("rule.yaml", yaml)
                .documents()
                .get(0)
                .json();
        place.sendRule("segment/" + id, json, T.toEpochMilli());
    }

    private static String id(int number) {
        return new UUID(0x4000L, 0x8000000000000000L + number).toString();
    }
}
