package dev.tideline.job;

import static dev.tideline.job.KnownPeople.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job between a real broker and a real database: known events in, and exactly what must come of them out. */
final class LiveJobITCase {
    private static final List<KnownRubbish.Refused> RUBBISH = KnownRubbish.all();

    @TempDir
    private static Path folder;

    private static LivePlace place;
    private static JobID job;

    @BeforeAll
    static void everythingHappens() throws Exception {
        place = new LivePlace(folder);
        KnownRules.send(place);
        RUBBISH.forEach(record -> place.send(LivePlace.TOPICS.events(), "rubbish", record.value()));
        KnownPeople.firstPart(place);
        job = place.submit(null);
        SeenIn.awaitFirstPart(place);
        KnownPeople.secondPart(place);
        SeenIn.awaitSecondPart(place);
        KnownPeople.end(place);
    }

    @AfterAll
    static void cleanUp() throws Exception {
        place.close();
    }

    @Test
    void tellsEachAlertOfWhatHappenedToIt() {
        List<String> alerts = Eventually.see(() -> SeenIn.alerts(place), seen -> seen.size() >= 7);

        assertThat(alerts).containsExactly(ExpectedRows.ALERTS);
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
        expected.add(ExpectedRows.REFUSED_ACTION);

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
                seen -> seen.contains("segment/via-topic LIVE"));

        assertThat(statuses)
                .containsSubsequence("segment/via-topic ACCEPTED", "segment/via-topic LIVE")
                .contains("segment/broken REJECTED");
    }

    @Test
    void keepsExactlyTheseRows() {
        ExpectedRows.areAllIn(place);
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
