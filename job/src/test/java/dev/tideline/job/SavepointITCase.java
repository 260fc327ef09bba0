package dev.tideline.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is stopped with a savepoint and started from it says and keeps what one does that runs on. */
final class SavepointITCase {
    @TempDir
    private static Path folder;

    private static LivePlace place;

    @BeforeAll
    static void everythingHappensWithAStopInTheMiddle() throws Exception {
        place = new LivePlace(folder);
        KnownRules.send(place);
        KnownPeople.firstPart(place);
        JobID first = place.submit(null);
        SeenIn.awaitFirstPart(place);

        String savepoint = stop(first);
        KnownPeople.secondPart(place);
        sendTheLastEventOnceMore();

        JobID second = place.submit(savepoint);
        SeenIn.awaitSecondPart(place);
        KnownPeople.end(place);
        Eventually.see(() -> SeenIn.changes(place).size(), size -> size >= ExpectedRows.CHANGES.length);
        ExpectedRows.areAllIn(place);
        // What had been held back would come out now, and nothing comes after it.
        stop(second);
    }

    @AfterAll
    static void cleanUp() throws Exception {
        place.close();
    }

    private static String stop(JobID job) throws Exception {
        assertThat(place.neverRestarted(job)).isTrue();
        return place.stopWithSavepoint(job);
    }

    /** A session of two events would come of it, did the job not remember its id. */
    private static void sendTheLastEventOnceMore() {
        place.send(
                LivePlace.TOPICS.events(),
                KnownPeople.id("tail"),
                KnownPeople.json("tail", 12, "2025-03-20T00:00:00Z", "page_view", "{\"path\":\"/home\"}"));
        place.flush();
    }

    @Test
    void tellsEachChangeOfASegmentOnceAndNumbersThemOnAcrossTheStop() {
        assertThat(SeenIn.changes(place)).containsExactly(ExpectedRows.CHANGES);
    }

    @Test
    void tellsTheSameAlertsUnderIdsThatLetAReaderDropRepeats() {
        assertThat(SeenIn.alertsOnce(place)).containsExactly(ExpectedRows.ALERTS);
    }

    @Test
    void keepsExactlyTheRowsOfARunWithoutAStop() {
        ExpectedRows.areAllIn(place);
    }

    @Test
    void refusesNothingButTheActionOnAnUnknownAlert() {
        assertThat(SeenIn.deadLetters(place)).containsExactly(ExpectedRows.REFUSED_ACTION);
    }
}
