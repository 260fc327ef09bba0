package dev.tideline.job;

import static dev.tideline.job.KnownPeople.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job between a real broker and a real database: known events in, and exactly what must come of them out. */
final class LiveJobITCase {
    private static final String VIA_TOPIC = """
            {"kind":"segment","id":"via-topic","version":1,"name":"Ever looked at the prices",
             "when":{"performed":"page_view","where":"context.path == \\"/pricing\\""}}
            """;
    private static final List<KnownRubbish.Refused> RUBBISH = KnownRubbish.all();

    @TempDir
    private static Path folder;

    private static LivePlace place;
    private static JobID job;

    @BeforeAll
    static void everythingHappens() throws Exception {
        place = new LivePlace(folder);
        place.sendRule(
                "segment/via-topic",
                VIA_TOPIC,
                Instant.parse("2025-03-01T00:00:00Z").toEpochMilli());
        place.sendRule("segment/broken", "{\"kind\":\"segment\"}", 0);
        RUBBISH.forEach(record -> place.send(LivePlace.TOPICS.events(), "rubbish", record.value()));
        KnownPeople.firstPart(place);
        job = place.submit(null);
        Eventually.see(() -> SeenIn.changes(place).size(), size -> size >= 11);
        KnownPeople.secondPart(place);
        Eventually.see(
                () -> place.rows("SELECT 1 FROM tideline.behavioral_events WHERE late UNION ALL"
                                + " SELECT 2 FROM tideline.profile_changes WHERE updated_at > '2025-03-20' UNION ALL"
                                + " SELECT 3 FROM tideline.consents WHERE NOT segmentation UNION ALL"
                                + " SELECT 4 FROM tideline.erasures UNION ALL"
                                + " SELECT 5 FROM tideline.risk_alerts WHERE reason = 'staff'")
                        .size(),
                size -> size == 5);
        KnownPeople.end(place);
    }

    @AfterAll
    static void cleanUp() throws Exception {
        place.close();
    }

    @Test
    void tellsEachAlertOfWhatHappenedToIt() {
        List<String> alerts = Eventually.see(() -> SeenIn.alerts(place), seen -> seen.size() >= 7);

        String sessions = Stream.of("2025-03-01T10:00:00Z", "2025-03-02T10:00:00Z", "2025-03-03T10:00:00Z")
                .map(start -> "session:" + Instant.parse(start).toEpochMilli())
                .toList()
                .toString();
        assertThat(alerts)
                .containsExactly(
                        "mira/1 opened AMBER open 2025-03-03T10:30:00Z mood_falling/3 " + sessions,
                        "mira/1 overdue AMBER open 2025-03-05T10:30:00Z",
                        "mira/1 resolved AMBER resolved 2025-03-17T10:30:00Z quiet",
                        "noor/1 opened RED open 2025-03-04T09:00:00Z item9/1 [e05]",
                        "noor/1 resolved RED resolved 2025-03-20T08:00:00Z staff",
                        "olga/1 opened AMBER open 2025-03-05T12:00:00Z angry_feedback/1 [e06]",
                        "olga/1 resolved AMBER resolved 2025-03-19T12:00:00Z quiet");
    }

    @Test
    void givesStaffTheirTimeFromWhenAnAlertCouldBeKnown() {
        List<JsonNode> opened = place.messages(LivePlace.TOPICS.alerts()).stream()
                .filter(message -> message.path("type").asText().equals("tideline.alert.opened"))
                .filter(message -> named(message.path("subject").asText()).equals("noor"))
                .toList();

        Instant due = Instant.parse(opened.get(0).path("data").path("due_at").asText());
        String arrived = place.rows("SELECT extract(epoch FROM arrived_at) FROM tideline.behavioral_events"
                        + " WHERE event_type = 'survey_response'")
                .get(0);
        assertThat(due.minus(Duration.ofHours(24)).toEpochMilli() / 1000.0)
                .isEqualTo(Double.parseDouble(arrived), org.assertj.core.api.Assertions.within(0.001));
    }

    @Test
    void tellsEachChangeOfASegmentOnce() {
        List<String> changes = Eventually.see(() -> SeenIn.changes(place), seen -> seen.size() >= 15);

        assertThat(changes).containsExactly(ExpectedRows.CHANGES);
    }

    @Test
    void refusesWhatIsBrokenAndSaysWhy() {
        List<String> expected = new ArrayList<>(
                RUBBISH.stream().map(KnownRubbish.Refused::expected).toList());
        expected.add("BAD_ACTION /alert_id " + KnownRubbish.sha256(KnownPeople.bytes(KnownPeople.event(21))));

        List<String> refused = Eventually.see(() -> SeenIn.deadLetters(place), seen -> seen.size() >= expected.size());

        assertThat(refused).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void saysWhatBecameOfTheRules() {
        List<String> statuses = Eventually.see(
                () -> place.messages(LivePlace.TOPICS.ruleStatus()).stream()
                        .map(status -> status.path("rule").asText() + " "
                                + status.path("status").asText())
                        .toList(),
                seen -> seen.contains("segment/via-topic ACCEPTED"));

        assertThat(statuses).contains("segment/via-topic ACCEPTED", "segment/broken REJECTED");
    }

    @Test
    void keepsExactlyTheseRows() {
        ExpectedRows.BY_QUERY.forEach((query, rows) -> {
            List<String> seen = Eventually.see(
                    () -> place.rows(query).stream().map(KnownPeople::named).toList(),
                    found -> found.size() >= rows.size());
            assertThat(seen).as(query).containsExactlyElementsOf(rows);
        });
    }

    @Test
    void letsNoWordOfAPersonOut() throws Exception {
        MarkerSearch search = new MarkerSearch(KnownPeople.MARKER);
        keepsExactlyTheseRows();

        assertThat(place.records(LivePlace.TOPICS.events()))
                .as("the search finds what is there")
                .anyMatch(record -> record.value() != null && search.in(record.value()));
        for (String topic : LivePlace.TOPICS.all().subList(5, 10)) {
            assertThat(place.records(topic)).as(topic).noneMatch(record -> search.in(record.value()));
        }
        for (String table : place.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'tideline'")) {
            assertThat(place.rows("SELECT t::text FROM tideline." + table + " t"))
                    .as(table)
                    .noneMatch(search::in);
        }
        Path savepoint = place.savepoint(job);
        assertThat(savepoint).isNotEmptyDirectory();
        assertThat(search.inFilesOf(savepoint)).isFalse();
    }

    @Test
    void neverRestarts() throws Exception {
        keepsExactlyTheseRows();

        assertThat(place.neverRestarted(job)).isTrue();
    }
}
