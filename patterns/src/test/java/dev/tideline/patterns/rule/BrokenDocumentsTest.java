package dev.tideline.patterns.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tideline.patterns.check.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a rule document, reading it gives rules or problems with a place, and never fails. */
class BrokenDocumentsTest {
    private static final int ROUNDS = Boolean.getBoolean("tideline.exhaustive") ? 50_000 : 500;
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final List<String> SHIPPED =
            Catalogue.FILES.stream().map(Catalogue::text).toList();
    private static final List<String> SHIPPED_AS_JSON =
            Catalogue.read().documents().stream().map(RuleDocument::json).toList();
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ": ",
            "-",
            "- ",
            ",",
            "'",
            "\"",
            "|",
            ">",
            "&a ",
            "*a",
            "!",
            "#",
            "%",
            "@",
            "`",
            "\t",
            "\n",
            "\n---\n",
            "...",
            "? ",
            "<<: ",
            "null",
            "true",
            "7days",
            "-1",
            "1e99",
            ".nan",
            "0x10",
            "\\u0000",
            "\\ud800",
            "\uFEFF",
            "\u0000",
            "\u0007",
            "\uD800",
            "𝕏",
            "&&",
            "||",
            "(",
            ")",
            "prev.",
            "has(",
            "duration(\"2d\")",
            "sequence",
            "when");

    @TempDir
    Path folder;

    @Test
    void ofMutatedRulesEachIsGoodOrToldWithAPlace() {
        Random random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            String text = SHIPPED.get(random.nextInt(SHIPPED.size()));
            for (int i = random.nextInt(3); i >= 0; i--) {
                text = mutated(text, random);
            }
            String broken = text;
            check(broken, () -> RuleReader.read("broken.yaml", broken));
        }
    }

    @Test
    void ofMutatedRecordsEachIsGoodOrToldWithAPlace() {
        Random random = new Random(4);
        for (int round = 0; round < ROUNDS; round++) {
            String text = mutated(SHIPPED_AS_JSON.get(random.nextInt(SHIPPED_AS_JSON.size())), random);
            check(text, () -> RuleReader.readJson("segment/gone-quiet", text, Instant.EPOCH));
        }
    }

    @Test
    void ofMutatedFilesEachIsGoodOrToldWithAPlace() throws IOException {
        Random random = new Random(5);
        for (int round = 0; round < ROUNDS / 10; round++) {
            byte[] bytes = SHIPPED.get(random.nextInt(SHIPPED.size())).getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(5); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(folder.resolve("broken.yaml"), bytes);
            Reading reading = RuleReader.readDirectory(folder);
            check(new String(bytes, StandardCharsets.ISO_8859_1), () -> reading);
        }
    }

    @Test
    void depthAndLengthEndInAProblemAndInTime() {
        int most = RuleReader.LONGEST_TEXT;
        String head = "kind: segment\nid: a\nversion: 1\nname: A\nwhen: ";
        for (String huge : List.of(
                "[".repeat(most),
                "{a: ".repeat(most / 4),
                "- ".repeat(most / 2),
                "? ".repeat(most / 2),
                "a".repeat(most),
                "a".repeat(most - 2) + ":",
                head + "{ profile: '" + "a".repeat(most / 2) + "' }",
                head + "{ profile: '" + "(".repeat(4000) + "' }",
                head + "{ profile: '" + "!".repeat(4000) + "true' }",
                head + "{ profile: '" + "[".repeat(4000) + "' }",
                head + "{ profile: '" + "user.a".repeat(600) + "' }",
                head + "{ profile: 'true" + " && true".repeat(500) + "' }",
                head + "{ not: ".repeat(1000) + "{ risk: RED }" + " }".repeat(1000),
                head + "{ any: [" + "{ risk: GREEN },".repeat(20_000) + "] }",
                head + "{ " + "performd: a, ".repeat(50_000) + "}",
                head + "{ " + "x".repeat(most / 2) + ": 1 }",
                "a: &a [x]\n"
                        + IntStream.range(0, 20)
                                .mapToObj(i -> "b" + i + ": &b" + i + " [*a, *a]\n")
                                .collect(Collectors.joining()),
                "x" + most,
                "x".repeat(most + 1))) {
            assertTimeoutPreemptively(
                    BOUND, () -> check(huge.substring(0, 8), () -> RuleReader.read("huge.yaml", huge)));
        }
    }

    @Test
    void tenThousandRulesInAFileAreReadAndHeldAgainstEachOther() {
        String rules = IntStream.range(0, 10_000)
                .mapToObj(
                        i -> "{kind: segment, id: s" + i + ", version: 1, name: S, when: {segment: s" + (i + 1) + "}}")
                .collect(Collectors.joining("\n---\n"));

        assertTimeoutPreemptively(BOUND, () -> {
            Reading reading = RuleReader.read("many.yaml", rules);
            assertThat(reading.documents()).hasSize(10_000);
            assertThat(Rules.problems(reading))
                    .singleElement()
                    .extracting(Problem::line)
                    .isEqualTo(19_999);
        });
    }

    @Test
    void problemsBeyondAHundredAreCounted() {
        Reading reading = RuleReader.read(
                "rules.yaml",
                "kind: segment\n"
                        + IntStream.range(0, 150)
                                .mapToObj(i -> "key" + i + ": 1\n")
                                .collect(Collectors.joining()));

        assertThat(reading.problems()).hasSize(Findings.MOST_TOLD + 1);
        assertThat(reading.problems().get(Findings.MOST_TOLD).found()).isEqualTo("54 more problems");
    }

    private interface Read {
        Reading reading();
    }

    private static void check(String text, Read read) {
        try {
            Reading reading = read.reading();
            List<Problem> problems = Rules.problems(reading);
            assertThat(problems).as(text).allSatisfy(problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.column()).isPositive();
                assertThat(problem.found()).isNotBlank().hasSizeLessThan(300);
                assertThat(problem.expected()).isNotBlank();
                assertThat(problem.path()).matches("(?s)|/.*").hasSizeLessThan(1000);
                assertThat(problem.toString()).doesNotContain("Exception").doesNotContain("org.");
            });
            assertThat(reading.complete() || !problems.isEmpty()).as(text).isTrue();
            reading.rules().forEach(English::explain);
        } catch (RuntimeException | StackOverflowError failure) {
            throw new AssertionError("reading failed for: " + text, failure);
        }
    }

    private static String mutated(String text, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int line = random.nextInt(lines.size());
        int at = random.nextInt(text.length() + 1);
        String token = TOKENS.get(random.nextInt(TOKENS.size()));
        switch (random.nextInt(9)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(line, lines.get(line));
            case 2 -> lines.set(line, " ".repeat(1 + random.nextInt(4)) + lines.get(line));
            case 3 -> lines.set(line, lines.get(line).replaceFirst("^ {1,2}", ""));
            case 4 -> Collections.swap(lines, line, random.nextInt(lines.size()));
            case 5 -> {
                return text.substring(0, at) + token + text.substring(at);
            }
            case 6 -> {
                int end = Math.min(text.length(), at + 1 + random.nextInt(8));
                return text.substring(0, at) + text.substring(end);
            }
            case 7 -> {
                int end = Math.min(text.length(), at + 1);
                return text.substring(0, at) + (char) random.nextInt(0x300) + text.substring(end);
            }
            default -> {
                return text.substring(0, at);
            }
        }
        return String.join("\n", lines);
    }
}
