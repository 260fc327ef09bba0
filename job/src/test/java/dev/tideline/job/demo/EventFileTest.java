package dev.tideline.job.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.demo.simulation.Emission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real events from a file, good and bad. */
final class EventFileTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void eachEventIsWrittenAtItsOwnTimeUnderItsUser() throws Exception {
        List<Emission> emissions = read(at("2026-11-01T10:00:00Z"), at("2026-11-01T12:00:00+01:00"));
        assertThat(emissions)
                .extracting(Emission::at)
                .containsExactly(Instant.parse("2026-11-01T10:00:00Z"), Instant.parse("2026-11-01T11:00:00Z"));
        assertThat(emissions).extracting(Emission::key).containsOnly("someone");
    }

    @Test
    void whatIsBrokenOrOutOfOrderOrFromTheFutureFollowsTheOneBeforeAsItIs() throws Exception {
        List<Emission> emissions = read(
                at("2026-11-02T10:00:00Z"), "{broken", at("2026-11-01T10:00:00Z"), at("2030-01-01T00:00:00Z"), "[1]");
        assertThat(emissions).extracting(Emission::at).containsOnly(Instant.parse("2026-11-02T10:00:00Z"));
        assertThat(emissions).extracting(Emission::value).contains("{broken", "[1]");
    }

    @Test
    void blankLinesAreNoRecords() throws Exception {
        assertThat(read("", at("2026-11-02T10:00:00Z"), "  ", "")).hasSize(1);
    }

    private static String at(String time) {
        return "{\"user_id\":\"someone\",\"event_timestamp\":\"" + time + "\"}";
    }

    private List<Emission> read(String... lines) throws Exception {
        Path file = Files.write(folder.resolve("events.jsonl"), List.of(lines));
        List<Emission> emissions = new ArrayList<>();
        try (EventFile events = new EventFile(file, NOW)) {
            events.forEachRemaining(emissions::add);
        }
        return emissions;
    }
}
