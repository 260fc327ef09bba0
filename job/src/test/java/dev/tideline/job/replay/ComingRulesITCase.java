package dev.tideline.job.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that come, change and go in the middle of a history. */
class ComingRulesITCase {
    private static final String ANNA = "11111111-1111-4111-8111-111111111111";

    @TempDir
    private Path folder;

    private HistoryFolder history;

    @BeforeEach
    void begin() {
        history = new HistoryFolder(folder);
    }

    @Test
    void aSegmentThatComesIsRightFromItsFirstInstant() throws Exception {
        history.rules("");
        history.write("profiles.jsonl", history.profile(ANNA, "paid", 0));
        history.events(
                history.event(ANNA, 1, 1, "page_view", "{\"path\":\"/pricing\"}"),
                history.event(ANNA, 2, 2, "page_view", "{\"path\":\"/pricing\"}"),
                history.event(ANNA, 3, 3, "report_made", "{\"pages\":1}"),
                history.event(ANNA, 4, 4, "report_made", "{\"pages\":9}"),
                history.event(ANNA, 5, 8, "report_made", "{\"pages\":9}"),
                history.event(ANNA, 6, 12, "signed", "{}"),
                history.event(ANNA, 7, 40, "signed", "{}"));
        history.write(
                "rules.jsonl",
                rule("looked", 1, 6, "{\"performed\":\"page_view\",\"at_least\":2,\"within\":\"12h\"}"),
                rule("never", 1, 6, "{\"not\":{\"performed\":\"page_view\"}}"),
                rule("long", 1, 10, "{\"performed\":\"report_made\",\"where\":\"context.pages > 3\",\"at_least\":2}"),
                rule(
                        "paid",
                        1,
                        10,
                        "{\"all\":[{\"profile\":\"user.account_type == \\\"paid\\\"\"},{\"segment\":\"long\"}]}"),
                rule(
                        "order",
                        1,
                        10,
                        "{\"sequence\":[{\"step\":\"a\",\"on\":\"report_made\"},{\"step\":\"b\",\"on\":\"signed\"}],"
                                + "\"within\":\"10h\"}"),
                rule(
                        "passed",
                        1,
                        10,
                        "{\"sequence\":[{\"step\":\"a\",\"on\":\"page_view\"},{\"step\":\"b\",\"on\":\"report_made\"}],"
                                + "\"within\":\"1d\"}"));

        history.replay(40, 2);

        assertThat(history.changes())
                .containsExactly(
                        "6 looked entered rule",
                        "10 long entered rule",
                        "10 paid entered rule",
                        "10 passed entered rule",
                        // The report of the eighth hour had been seen before anybody asked for it.
                        "12 order entered event",
                        "13 looked exited expiry",
                        "18 order exited expiry",
                        "26 passed exited expiry");
        assertThat(history.statuses()).contains("segment/paid LIVE 1", "segment/looked LIVE 1");
    }

    @Test
    void whatIsRemovedAndComesAgainHasCountedAllTheWhile() throws Exception {
        history.rules("");
        history.events(
                history.event(ANNA, 1, 1, "page_view", "{}"),
                history.event(ANNA, 2, 11, "page_view", "{}"),
                history.event(ANNA, 3, 21, "page_view", "{}"),
                history.event(ANNA, 4, 60, "signed", "{}"));
        history.write(
                "rules.jsonl",
                rule("lookers", 3, 30, "{\"performed\":\"page_view\",\"at_least\":3,\"within\":\"40h\"}"),
                removal("lookers", 5),
                rule("lookers", 2, 20, "{\"performed\":\"page_view\",\"at_least\":2,\"within\":\"40h\"}"),
                rule("lookers", 1, null, "{\"performed\":\"page_view\"}"));

        history.replay(60, 2);

        assertThat(history.changes())
                .containsExactly(
                        "1 lookers entered event",
                        "5 lookers exited rule",
                        "20 lookers entered rule",
                        // Version 3 asks for one more, and that was there.
                        "41 lookers exited expiry");
    }

    @Test
    void moreVersionsThanAreKeptLiveAreAllHeeded() throws Exception {
        history.rules("");
        List<String> rules = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int version = 1; version <= 200; version++) {
            // Odd versions ask for what was done in the first hour, even ones for what nobody did.
            String what = version % 2 == 1 ? "page_view" : "signed";
            rules.add(rule("turning", version, 1 + version, "{\"performed\":\"" + what + "\"}"));
            expected.add((1 + version) + " turning " + (version % 2 == 1 ? "entered" : "exited") + " rule");
        }
        Collections.shuffle(rules, new Random(3));
        history.write("rules.jsonl", rules.toArray(String[]::new));
        history.events(history.event(ANNA, 1, 1, "page_view", "{}"), history.event(ANNA, 2, 300, "other_thing", "{}"));

        history.replay(300, 1);

        assertThat(history.changes()).containsExactlyElementsOf(expected);
    }

    @Test
    void linesThatAreNoRulesAreRefusedAndDocumentsThatAreNotGoodAreRejected() throws Exception {
        history.rules("");
        history.events(history.event(ANNA, 1, 1, "page_view", "{}"));
        history.write(
                "rules.jsonl",
                "{\"kind\":",
                "{\"kind\":\"segment\",\"version\":1}",
                rule("a", 1, null, "{\"performed\":\"page_view\"}")
                        .replace("{\"kind\"", "{\"effective\":\"soon\",\"kind\""),
                rule("b", 1, 0, "{\"performed\":\"page_view\",\"at_leats\":2}"),
                rule("c", 1, 0, "{\"segment\":\"not-there\"}"),
                rule("d", 1, 2000, "{\"performed\":\"page_view\"}"));

        history.replay(10, 1);

        assertThat(history.lines("dead-letters.jsonl"))
                .extracting(letter -> letter.path("offset").asInt() + " "
                        + letter.path("reason").asText() + " "
                        + letter.path("path").asText())
                .containsExactly("1 NOT_JSON ", "2 MISSING_FIELD /id", "3 BAD_TIMESTAMP /effective");
        assertThat(history.statuses()).containsExactly("segment/b REJECTED 1", "segment/c WAITING 1");
    }

    @Test
    void theOrderOfTheLinesDoesNotMatter() throws Exception {
        history.rules("");
        history.events(history.event(ANNA, 1, 1, "page_view", "{}"), history.event(ANNA, 2, 50, "signed", "{}"));
        List<String> rules = new ArrayList<>(List.of(
                rule("a", 1, 10, "{\"segment\":\"b\"}"),
                rule("b", 1, 10, "{\"performed\":\"page_view\"}"),
                rule("a", 2, 20, "{\"not\":{\"segment\":\"b\"}}"),
                removal("b", 30),
                rule("b", 2, 30, "{\"not\":{\"performed\":\"page_view\"}}"),
                rule("b", 3, 40, "{\"performed\":\"page_view\"}"),
                rule("b", 4, 40, "{\"performed\":\"signed\"}")));
        List<String> outputs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            Collections.shuffle(rules, new Random(run));
            history.write("rules.jsonl", rules.toArray(String[]::new));
            history.replay(50, 1 + run);
            outputs.add(history.text("segment-changes.jsonl") + history.text("rule-status.jsonl"));
        }

        assertThat(history.changes()).contains("10 a entered rule", "10 b entered rule", "20 a exited rule");
        assertThat(outputs.get(1)).isEqualTo(outputs.get(0));
    }

    private String rule(String id, int version, @Nullable Integer hour, String when) {
        String effective = hour == null ? "" : ",\"effective\":\"" + history.hour(hour) + "\"";
        return "{\"kind\":\"segment\",\"id\":\"" + id + "\",\"version\":" + version + ",\"name\":\"" + id
                + "\",\"when\":" + when + effective + "}";
    }

    private String removal(String id, int hour) {
        return "{\"kind\":\"segment\",\"id\":\"" + id + "\",\"removed\":true,\"effective\":\"" + history.hour(hour)
                + "\"}";
    }
}
