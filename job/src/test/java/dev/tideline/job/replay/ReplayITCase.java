package dev.tideline.job.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.job.rules.RuleFiles;
import dev.tideline.patterns.alert.StaffRoutine;
import dev.tideline.patterns.fact.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** History through the whole pipeline, on a mini cluster, from files to files. */
class ReplayITCase {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final String ANNA = "11111111-1111-4111-8111-111111111111";
    private static final String BEN = "22222222-2222-4222-8222-222222222222";

    private static final String RULES = """
            kind: segment
            id: lookers
            version: 1
            name: Three looks at pricing in a week
            when: { performed: page_view, where: 'context.path == "/pricing"', at_least: 3, within: 7d }
            ---
            kind: segment
            id: away
            version: 1
            name: Was here, and has not been for three days
            when:
              all:
                - { performed: page_view }
                - { performed: page_view, at_most: 0, within: 3d }
            ---
            kind: segment
            id: paying
            version: 1
            name: Pays
            when: { profile: user.account_type == "paid" }
            ---
            kind: pattern
            id: item9
            version: 1
            name: Thoughts of death in PHQ-9
            family: survey
            level: RED
            sequence: [{ step: answered, on: survey, where: 'survey.instrument == "PHQ-9" && survey.item9 >= 1' }]
            raise: [{ when: answered.survey.item9 >= 2, to: CRISIS }]
            within: 1d
            immediate: true
            ---
            kind: pattern
            id: falling
            version: 1
            name: Mood falling over three sessions running
            family: mood
            level: AMBER
            sequence:
              - { step: first, on: session, where: session.mood_logs > 0 }
              - { step: second, contiguity: next, on: session, where: session.mood_mean < prev.session.mood_mean }
              - { step: third, contiguity: next, on: session, where: session.mood_mean < prev.session.mood_mean }
            within: 14d
            """;

    @TempDir
    private Path folder;

    @Test
    void whatHappenedIsToldToTheMillisecondAndNothingAfterTheEndOfTime() throws Exception {
        // A byte-order mark, CRLF, a blank line, a repeat, and times out of order.
        events(
                "\uFEFF" + look(ANNA, 3, hours(50)) + "\r",
                look(ANNA, 1, hours(10)),
                "",
                look(ANNA, 2, hours(20)),
                look(ANNA, 2, hours(20)),
                "{\"event_id\":",
                survey(BEN, 4, hours(30), 1),
                survey(BEN, 5, hours(40), 3));
        write("profiles.jsonl", profile(BEN, "paid", hours(35)));

        Instant until = hours(10 + 7 * 24);
        replay(until, null, 2);

        assertThat(changes())
                .containsExactly(
                        "2026-03-03T11:00:00Z paying entered " + BEN + " profile",
                        "2026-03-04T02:00:00Z lookers entered " + ANNA + " event",
                        "2026-03-07T02:00:00Z away entered " + ANNA + " expiry",
                        // The first look is seven days old at the very end of time: that still happens.
                        "2026-03-09T10:00:00Z lookers exited " + ANNA + " expiry");
        assertThat(alerts())
                .containsExactly(
                        "2026-03-03T06:00:00Z tideline.alert.opened RED " + BEN + "/1",
                        "2026-03-03T16:00:00Z tideline.alert.escalated CRISIS " + BEN + "/1",
                        "2026-03-03T16:15:00Z tideline.alert.overdue CRISIS " + BEN + "/1");
        assertThat(lines("sessions.jsonl")).hasSize(5);
        JsonNode refused = lines("dead-letters.jsonl").get(0);
        assertThat(refused.path("offset").asLong()).isEqualTo(6);
        assertThat(refused.path("topic").asText()).isEqualTo("events.jsonl");
        JsonNode summary = MAPPER.readTree(folder.resolve("out/summary.json").toFile());
        assertThat(summary.path("refused").asLong()).isEqualTo(1);
        assertThat(summary.at("/signals_by_pattern/item9").asLong()).isEqualTo(2);
    }

    @Test
    void theRoutineOfStaffAcknowledgesAndResolvesAtItsInstants() throws Exception {
        events(survey(BEN, 1, hours(0), 1));

        replay(
                hours(24 * 8),
                new StaffRoutine(
                        Duration.ofHours(1).toMillis(), Duration.ofDays(7).toMillis()),
                1);

        assertThat(alerts())
                .containsExactly(
                        "2026-03-02T00:00:00Z tideline.alert.opened RED " + BEN + "/1",
                        "2026-03-02T01:00:00Z tideline.alert.acknowledged RED " + BEN + "/1",
                        "2026-03-09T00:00:00Z tideline.alert.resolved RED " + BEN + "/1");
    }

    @Test
    void consentEndsWhatIsOpenAtItsInstantAndCountsFromThere() throws Exception {
        events(
                look(ANNA, 1, hours(1)),
                look(ANNA, 2, hours(2)),
                look(ANNA, 3, hours(3)),
                survey(ANNA, 4, hours(4), 1),
                survey(ANNA, 5, hours(6), 3),
                look(ANNA, 6, hours(7)));
        write("privacy.jsonl", withdrawal(ANNA, hours(5)));

        replay(null, null, 2);

        assertThat(changes())
                .containsExactly(
                        "2026-03-02T03:00:00Z lookers entered " + ANNA + " event",
                        "2026-03-02T05:00:00Z lookers exited " + ANNA + " consent");
        assertThat(alerts())
                .containsExactly(
                        "2026-03-02T04:00:00Z tideline.alert.opened RED " + ANNA + "/1",
                        "2026-03-02T05:00:00Z tideline.alert.resolved RED " + ANNA + "/1");
    }

    @Test
    void theOrderOfTheInputAndTheNumberOfTasksDoNotMatter() throws Exception {
        List<String> happened = manyPeople(new Random(7));
        List<String> profiles = manyProfiles(new Random(8));
        List<String> withdrawn =
                new ArrayList<>(List.of(withdrawal(person(1), hours(500)), erasure(person(2), hours(500))));
        List<String> outputs = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            Collections.shuffle(happened, new Random(run));
            Collections.shuffle(profiles, new Random(run));
            Collections.shuffle(withdrawn, new Random(run));
            write("events.jsonl", happened.toArray(String[]::new));
            write("profiles.jsonl", profiles.toArray(String[]::new));
            write("privacy.jsonl", withdrawn.toArray(String[]::new));
            replay(null, new StaffRoutine(3_600_000, 604_800_000), 1 << run);
            StringBuilder output = new StringBuilder();
            for (String name : List.of("alerts", "segment-changes", "sessions", "dead-letters", "rule-status")) {
                output.append(Files.readString(folder.resolve("out/" + name + ".jsonl"), StandardCharsets.UTF_8));
            }
            outputs.add(output.toString());
        }

        assertThat(outputs.get(0)).contains("\"falling\"", "\"away\"", "lookers", "CRISIS", "erasure", "\"paying\"");
        assertThat(outputs.get(1)).isEqualTo(outputs.get(0));
        assertThat(outputs.get(2)).isEqualTo(outputs.get(0));
    }

    private static String person(int number) {
        return String.format("33333333-3333-4333-8333-%012d", number);
    }

    /** Many of them contradict each other at the same instant. */
    private static List<String> manyProfiles(Random random) {
        List<String> lines = new ArrayList<>();
        for (int patch = 0; patch < 600; patch++) {
            Instant at = MONDAY.plus(Duration.ofDays(random.nextInt(40)));
            lines.add(profile(person(random.nextInt(40)), random.nextBoolean() ? "paid" : "free", at));
        }
        return lines;
    }

    /**
     * Forty people over forty days: page views, moods, surveys. Many events share their millisecond, several moods share a
     * session, and some ids come again, with the same or another content, a little or long after.
     */
    private static List<String> manyPeople(Random random) {
        List<String> lines = new ArrayList<>();
        for (int event = 0; event < 6000; event++) {
            String user = person(random.nextInt(40));
            Instant at = MONDAY.plus(Duration.ofMinutes(
                    random.nextBoolean()
                            ? 30L * random.nextInt(40 * 48)
                            : 1440L * random.nextInt(40) + random.nextInt(180)));
            if (random.nextInt(20) == 0) {
                lines.add(look(user, event, at.plus(Duration.ofHours(random.nextInt(72)))));
            }
            lines.add(
                    switch (random.nextInt(5)) {
                        case 0 -> mood(user, event, at, 1 + random.nextInt(10));
                        case 1 ->
                            random.nextInt(40) == 0
                                    ? survey(user, event, at, random.nextInt(4))
                                    : look(user, event, at);
                        default -> look(user, event, at);
                    });
        }
        return lines;
    }

    private static Instant hours(int hours) {
        return MONDAY.plus(Duration.ofHours(hours));
    }

    private static String look(String user, int number, Instant at) {
        return event(user, number, at, "page_view", "{\"path\":\"/pricing\"}");
    }

    private static String mood(String user, int number, Instant at, int mood) {
        return event(user, number, at, "emotion_logged", "{\"mood\":" + mood + "}");
    }

    private static String survey(String user, int number, Instant at, int item9) {
        return event(
                user,
                number,
                at,
                "survey_response",
                "{\"instrument\":\"PHQ-9\",\"score\":" + item9 + ",\"items\":[0,0,0,0,0,0,0,0," + item9 + "]}");
    }

    private static String event(String user, int number, Instant at, String type, String context) {
        return String.format(
                "{\"event_id\":\"00000000-0000-4000-8000-%012d\",\"user_id\":\"%s\",\"event_type\":\"%s\","
                        + "\"event_timestamp\":\"%s\",\"context\":%s}",
                number, user, type, at, context);
    }

    private static String profile(String user, String accountType, Instant at) {
        return String.format(
                "{\"user_id\":\"%s\",\"updated_at\":\"%s\",\"account_type\":\"%s\"}", user, at, accountType);
    }

    private static String withdrawal(String user, Instant at) {
        return String.format(
                "{\"type\":\"consent\",\"user_id\":\"%s\",\"updated_at\":\"%s\",\"purposes\":"
                        + "{\"risk_detection\":false,\"segmentation\":false,\"text_analysis\":false}}",
                user, at);
    }

    private static String erasure(String user, Instant at) {
        return String.format("{\"type\":\"erasure\",\"user_id\":\"%s\",\"requested_at\":\"%s\"}", user, at);
    }

    private void events(String... lines) throws IOException {
        write("events.jsonl", lines);
    }

    private void write(String file, String... lines) throws IOException {
        Path input = Files.createDirectories(folder.resolve("in"));
        Files.writeString(input.resolve(file), String.join("\n", lines) + "\n");
    }

    private void replay(@Nullable Instant until, @Nullable StaffRoutine staff, int parallelism) throws Exception {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), RULES);
        RuleFiles read = RuleFiles.read(false, rules);
        assertThat(read.problems()).isEmpty();
        ReplayOptions options = new ReplayOptions(
                folder.resolve("in"),
                rules,
                folder.resolve("out"),
                null,
                until,
                List.of(Purpose.values()),
                staff,
                parallelism,
                NOW);
        new Replay(options, read.rules()).run();
    }

    private List<String> changes() throws IOException {
        return lines("segment-changes.jsonl").stream()
                .map(line -> String.join(
                        " ",
                        line.path("time").asText(),
                        line.at("/data/segment").asText(),
                        line.at("/data/change").asText(),
                        line.path("subject").asText(),
                        line.at("/data/reason").asText()))
                .toList();
    }

    private List<String> alerts() throws IOException {
        return lines("alerts.jsonl").stream()
                .map(line -> String.join(
                        " ",
                        line.path("time").asText(),
                        line.path("type").asText(),
                        line.at("/data/level").asText(),
                        line.at("/data/alert_id").asText()))
                .toList();
    }

    private List<JsonNode> lines(String file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("out").resolve(file), StandardCharsets.UTF_8)) {
            lines.add(MAPPER.readTree(line));
        }
        return lines;
    }
}
