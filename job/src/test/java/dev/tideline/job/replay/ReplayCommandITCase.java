package dev.tideline.job.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.job.command.TidelineCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command {@code replay}, word by word. */
class ReplayCommandITCase {
    private static final String ANNA = "11111111-1111-4111-8111-111111111111";
    private static final String BEN = "22222222-2222-4222-8222-222222222222";

    @TempDir
    private Path folder;

    private HistoryFolder history;
    private final StringWriter error = new StringWriter();

    @BeforeEach
    void begin() throws IOException {
        history = new HistoryFolder(folder);
        history.rules("""
                kind: segment
                id: lookers
                version: 1
                name: Looked at pricing within a day
                when: { performed: page_view, within: 1d }
                """);
        history.moreRules("nested/item9.yml", """
                kind: pattern
                id: item9
                version: 1
                name: Thoughts of death
                family: survey
                level: RED
                sequence: [{ step: answered, on: survey, where: survey.item9 >= 1 }]
                within: 1d
                immediate: true
                """);
        history.moreRules(
                "never.json",
                "{\"kind\":\"segment\",\"id\":\"never\",\"version\":1,\"name\":\"N\",\"mode\":\"shadow\","
                        + "\"when\":{\"not\":{\"performed\":\"trial_started\"}}}");
        history.events(
                history.event(BEN, 1, 5, "survey_response", survey(1)),
                history.event(BEN, 2, 2, "page_view", "{}"),
                history.event(ANNA, 3, 2, "page_view", "{}"),
                history.event(ANNA, 4, 100, "survey_response", survey(1)));
    }

    @Test
    void timeEndsWithTheLatestEventOrProfileAndStaffDoWhatTheyDoByThemselves() throws IOException {
        history.write("profiles.jsonl", history.profile(ANNA, "paid", 7 * 24 + 5));
        history.write("privacy.jsonl", history.consent(BEN, 400, true));

        assertThat(replay()).as(error.toString()).isZero();

        assertThat(history.changes())
                .containsExactly(
                        "2 lookers entered event",
                        "2 lookers entered event",
                        "26 lookers exited expiry",
                        "26 lookers exited expiry");
        assertThat(history.alerts())
                .containsExactly(
                        "5 opened " + BEN,
                        "6 acknowledged " + BEN,
                        "100 opened " + ANNA,
                        "101 acknowledged " + ANNA,
                        "173 resolved " + BEN);
        JsonNode summary = history.json("summary.json");
        assertThat(summary.path("until").asText())
                .isEqualTo(history.hour(7 * 24 + 5).toString());
        assertThat(summary.path("lines").asLong()).isEqualTo(6);
        assertThat(summary.at("/changes_by_segment/lookers").toString())
                .isEqualTo("{\"entered\":2,\"exited\":2,\"members_at_end\":0,\"most_members\":2}");
        assertThat(summary.at("/signals_by_pattern_and_level/item9").toString()).isEqualTo("{\"RED\":2}");
        assertThat(summary.at("/rules/segment~1never/mode").asText()).isEqualTo("shadow");
        assertThat(summary.at("/rules/segment~1never/shadow/size").asLong()).isEqualTo(2);
        assertThat(error.toString())
                .contains("tideline: reading ", "tideline: evaluating 6 records took ", "the results are in");
    }

    @Test
    void untilEndsTimeWhereItSaysAndNothingLaterHappens() throws IOException {
        assertThat(replay("--until", history.hour(26).toString(), "--staff", "none", "--quiet"))
                .isZero();

        assertThat(history.changes()).hasSize(4).last().isEqualTo("26 lookers exited expiry");
        assertThat(history.alerts()).containsExactly("5 opened " + BEN);
        assertThat(history.lines("sessions.jsonl")).hasSize(3);
        assertThat(error.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("tideline: the results are in"));
    }

    @Test
    void recordedActionsCountInsteadOfTheRoutine() throws IOException {
        history.write(
                "actions.jsonl",
                "{\"action_id\":\"00000000-0000-4000-8000-00000000000a\",\"alert_id\":\"" + BEN
                        + "/1\",\"action\":\"resolve\",\"by\":\"kim\",\"at\":\"" + history.hour(9) + "\"}");

        assertThat(replay()).isZero();

        assertThat(history.alerts()).containsExactly("5 opened " + BEN, "9 resolved " + BEN, "100 opened " + ANNA);
    }

    @Test
    void consentCanBeRequired() throws IOException {
        history.write("privacy.jsonl", history.consent(ANNA, 1, true));

        assertThat(replay("--consent", "deny", "--staff", "none")).isZero();

        assertThat(history.lines("segment-changes.jsonl"))
                .extracting(change -> change.path("subject").asText())
                .containsExactly(ANNA, ANNA);
        assertThat(history.alerts()).containsExactly("100 opened " + ANNA);
    }

    @Test
    void outputIsInTheOrderOfTimeUserAndRule() throws IOException {
        List<String> events = new ArrayList<>();
        for (int number = 0; number < 400; number++) {
            String user = number % 3 == 0 ? ANNA : BEN;
            events.add(history.event(user, number, (number * 7919) % 80 * 30, "page_view", "{}"));
        }
        history.events(events.toArray(String[]::new));

        assertThat(replay("--parallelism", "3")).isZero();

        List<String> places = history.lines("segment-changes.jsonl").stream()
                .map(change -> change.path("time").asText()
                        + change.path("subject").asText()
                        + change.at("/data/segment").asText())
                .toList();
        assertThat(places).hasSizeGreaterThan(3).isSorted();
        assertThat(history.lines("sessions.jsonl").stream()
                        .map(session -> session.path("end").asText()
                                + session.path("user_id").asText())
                        .toList())
                .hasSizeGreaterThan(100)
                .isSorted();
    }

    @Test
    void labelsTellHowWellAlertsMetThem() throws IOException {
        Path labels = Files.writeString(
                folder.resolve("labels.csv"), "user_id,label,onset\n" + BEN + ",1,2026-03-04\n" + ANNA + ",0,\n");

        assertThat(replay("--labels", labels.toString())).isZero();

        JsonNode red = history.json("summary.json").at("/labels/RED");
        assertThat(red.path("precision").asDouble()).isEqualTo(0.5);
        assertThat(red.path("recall").asDouble()).isEqualTo(1);
        assertThat(red.has("erde_5")).isTrue();
        assertThat(red.has("latency_weighted_f1")).isTrue();
        assertThat(history.json("summary.json")
                        .at("/labels/alert_episodes_per_user_month")
                        .isNumber())
                .isTrue();
    }

    @Test
    void whatCannotBeIsOneLineAndTheExitCodeTwo() throws IOException {
        Path file = Files.writeString(
                folder.resolve("file"), "\u00e9".repeat(3), java.nio.charset.StandardCharsets.ISO_8859_1);
        for (String[] bad : new String[][] {
            {"--until", "tomorrow"},
            {"--staff", "ack:1h"},
            {"--consent", "maybe"},
            {"--parallelism", "0"},
            {"--labels", "not-there.csv"},
            {"--labels", file.toString()},
            {"--input", folder.resolve("nowhere").toString()},
            {"--rules", folder.resolve("nowhere").toString()},
            {"--output", file.resolve("below").toString()}
        }) {
            error.getBuffer().setLength(0);

            assertThat(replay(bad)).as(String.join(" ", bad)).isEqualTo(2);
            assertThat(error.toString().lines()).as(String.join(" ", bad)).hasSize(1);
        }
        history.moreRules("bad.yaml", "kind: segment\nid: x\n");
        error.getBuffer().setLength(0);

        assertThat(replay()).isEqualTo(2);
        assertThat(error.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("bad.yaml:"));
    }

    private static String survey(int item9) {
        return "{\"instrument\":\"PHQ-9\",\"score\":" + item9 + ",\"items\":[0,0,0,0,0,0,0,0," + item9 + "]}";
    }

    /** Later options win. */
    private int replay(String... options) {
        List<String> arguments = new ArrayList<>(List.of("replay"));
        for (String name : List.of("input", "rules", "output")) {
            if (!List.of(options).contains("--" + name)) {
                String there = name.equals("input") ? "in" : name.equals("output") ? "out" : name;
                arguments.addAll(List.of("--" + name, folder.resolve(there).toString()));
            }
        }
        arguments.addAll(List.of(options));
        CommandLine command = TidelineCommand.commandLine();
        command.setErr(new PrintWriter(error, true));
        return command.execute(arguments.toArray(String[]::new));
    }
}
