package dev.tideline.patterns.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.rule.Condition.All;
import dev.tideline.patterns.rule.Condition.Any;
import dev.tideline.patterns.rule.Condition.AtRisk;
import dev.tideline.patterns.rule.Condition.Followed;
import dev.tideline.patterns.rule.Condition.InSegment;
import dev.tideline.patterns.rule.Condition.Not;
import dev.tideline.patterns.rule.Condition.Performed;
import dev.tideline.patterns.rule.Condition.Profile;
import dev.tideline.patterns.rule.Sequence.Contiguity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleReaderTest {
    private static final String SEGMENT = """
            kind: segment
            id: hesitant-power-users
            version: 2
            name: Free plan, loves reports, has not upgraded
            when:
              all:
                - profile: user.account_type == "free"
                - performed: report_generated
                  where: context.pages > 3          # optional CEL
                  at_least: 6
                  within: 30d
                - not: { performed: trial_started }
                - sequence:
                    - { step: looked, on: page_view, where: 'context.path == "/pricing"' }
                    - { step: left,   on: session,  where: session.duration < duration("2m") }
                  within: 1d
                - any:
                    - segment: saas-founders
                    - risk: AMBER
            """;

    private static final String PATTERN = """
            kind: pattern
            id: mood_ewma_decline
            version: 1
            name: Mood below the person's own baseline, two days running
            family: mood
            level: AMBER
            sequence:
              - step: first
                on: mood_day
                where: mood.ewma < mood.lower_limit && mood.drop >= 0.1 && mood.drop >= 0.5 * mood.baseline_sd
              - step: second
                contiguity: next
                on: mood_day
                where: mood.ewma < mood.lower_limit
                times: { at_least: 2 }
                greedy: true
                consecutive: true
                until: mood.level > 0.5
            within: 7d
            raise:
              - { when: second.mood.level <= 0.2, to: RED }
            cooldown: 12h
            supporting: true
            mode: shadow
            enabled: false
            """;

    private static final long DAY = Duration.ofDays(1).toMillis();

    @Test
    void aSegmentSaysAllThatASegmentCanSay() {
        SegmentRule rule = (SegmentRule) only(RuleReader.read("rules.yaml", SEGMENT));

        assertThat(rule.header())
                .isEqualTo(new Header(
                        Header.Kind.SEGMENT,
                        "hesitant-power-users",
                        2,
                        "Free plan, loves reports, has not upgraded",
                        "",
                        true,
                        false,
                        Long.MIN_VALUE));
        List<Condition> parts = ((All) rule.when()).parts();
        assertThat(parts).hasSize(5);
        assertThat(parts.get(0))
                .asInstanceOf(type(Profile.class))
                .satisfies(
                        profile -> assertThat(profile.predicate().source()).isEqualTo("user.account_type == \"free\""));
        assertThat(parts.get(1)).asInstanceOf(type(Performed.class)).satisfies(performed -> {
            assertThat(performed.fact()).isEqualTo("report_generated");
            assertThat(performed.where()).isNotNull();
            assertThat(performed.atLeast()).isEqualTo(6);
            assertThat(performed.atMost()).isNull();
            assertThat(performed.withinMillis()).isEqualTo(30 * DAY);
        });
        assertThat(parts.get(2)).isEqualTo(new Not(new Performed("trial_started", null, 1, null, null)));
        assertThat(parts.get(3))
                .asInstanceOf(type(Followed.class))
                .satisfies(followed ->
                        assertThat(followed.sequence().kinds()).containsExactlyInAnyOrder("page_view", "session"));
        assertThat(parts.get(4)).isEqualTo(new Any(List.of(new InSegment("saas-founders"), new AtRisk(Level.AMBER))));
    }

    @Test
    void aPatternSaysAllThatAPatternCanSay() {
        PatternRule rule = (PatternRule) only(RuleReader.read("rules.yaml", PATTERN));

        assertThat(rule.header().enabled()).isFalse();
        assertThat(rule.header().shadow()).isTrue();
        assertThat(rule.level()).isEqualTo(Level.AMBER);
        assertThat(rule.cooldownMillis()).isEqualTo(DAY / 2);
        assertThat(rule.supporting()).isTrue();
        assertThat(rule.raise())
                .singleElement()
                .satisfies(raise -> assertThat(raise.to()).isEqualTo(Level.RED));
        assertThat(rule.sequence().withinMillis()).isEqualTo(7 * DAY);
        Sequence.Step second = rule.sequence().steps().get(1);
        assertThat(second.contiguity()).isEqualTo(Contiguity.NEXT);
        assertThat(second.from()).isEqualTo(2);
        assertThat(second.to()).isNull();
        assertThat(second.greedy() && second.consecutive() && !second.optional())
                .isTrue();
        assertThat(second.until()).isNotNull();
    }

    @Test
    void cooldownDependsOnTheLevelWhereTheRuleIsSilent() {
        assertThat(cooldown("AMBER")).isEqualTo(7 * DAY);
        assertThat(cooldown("RED")).isEqualTo(DAY);
        assertThat(cooldown("CRISIS")).isZero();
    }

    @Test
    void countsHaveBoundsOnBothSides() {
        assertThat(performed("at_most: 0, within: 3d")).isEqualTo(new Performed("x", null, 0, 0, 3 * DAY));
        assertThat(performed("exactly: 2")).isEqualTo(new Performed("x", null, 2, 2, null));
        assertThat(performed("between: [1, 5], within: 90s")).isEqualTo(new Performed("x", null, 1, 5, 90_000L));
        assertThat(performed("at_least: 1000, within: 400d"))
                .isEqualTo(new Performed("x", null, 1000, null, 400 * DAY));
    }

    @Test
    void aFileMayHoldManyDocumentsAndAByteOrderMarkAndWindowsLines() {
        String text = "\uFEFF---\n" + SEGMENT + "---\n" + PATTERN + "---\n";

        Reading reading = RuleReader.read("rules.yaml", text.replace("\n", "\r\n"));

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.documents())
                .extracting(document -> document.place().line())
                .containsExactly(2, 22);
    }

    @Test
    void theGoodDocumentsOfAFileAreReadBesideTheBadOnes() {
        Reading reading = RuleReader.read("rules.yaml", SEGMENT.replace("when:", "whn:") + "---\n" + PATTERN);

        assertThat(reading.problems()).hasSize(1);
        assertThat(reading.rules()).extracting(Rule::id).containsExactly("mood_ewma_decline");
    }

    @Test
    void theTopicCarriesTheSameAsJson() {
        String json = RuleReader.read("rules.yaml", SEGMENT).documents().get(0).json();
        Instant noon = Instant.parse("2026-03-02T12:00:00Z");

        Reading reading = RuleReader.readJson("segment/hesitant-power-users", json, noon);

        assertThat(reading.problems()).isEmpty();
        assertThat(only(reading).header().effectiveMillis()).isEqualTo(noon.toEpochMilli());
        assertThat(json).startsWith("{\"kind\":\"segment\",\"id\":\"hesitant-power-users\",\"version\":2,\"name\":");
    }

    @Test
    void aRecordUnderTheWrongKeyIsRefused() {
        String json = RuleReader.read("rules.yaml", SEGMENT).documents().get(0).json();

        Reading reading = RuleReader.readJson("segment/other", json, Instant.EPOCH);

        assertThat(reading.rules()).isEmpty();
        assertThat(reading.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason())
                        .isEqualTo(
                                "found the rule segment/hesitant-power-users under the key segment/other, expected the key"
                                        + " segment/hesitant-power-users"));
    }

    @Test
    void aRecordWithoutARuleIsRefused() {
        assertThat(RuleReader.readJson("segment/a", "null", Instant.EPOCH).problems())
                .hasSize(1);
        assertThat(RuleReader.readJson("segment/a", "", Instant.EPOCH).problems())
                .hasSize(1);
        assertThat(RuleReader.readJson("segment/a", "7", Instant.EPOCH).problems())
                .hasSize(1);
    }

    @Test
    void jsonEscapesMeanWhatTheyMean() {
        String json = """
                {"kind":"segment","id":"a","version":1,"name":"caf\\u00e9 \\ud83d\\ude00 \\/ \\"x\\"","when":{"risk":"RED"}}
                """;

        Rule rule = only(RuleReader.read("a.json", json));

        assertThat(rule.header().name()).isEqualTo("café 😀 / \"x\"");
    }

    @Test
    void aFolderIsReadInTheOrderOfItsNames(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("b.yaml"), SEGMENT);
        Files.writeString(Files.createDirectory(folder.resolve("a")).resolve("first.yml"), PATTERN);
        Files.writeString(folder.resolve("README.md"), "not: [a rule");

        Reading reading = RuleReader.readDirectory(folder);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.rules()).extracting(Rule::id).containsExactly("mood_ewma_decline", "hesitant-power-users");
    }

    @Test
    void aSegmentWaitsForThoseItNames() {
        Rule keen = only(RuleReader.read("a", segment("keen", "segment: active")));
        Rule active = only(RuleReader.read("a", segment("active", "risk: RED")));
        SegmentRule circular = (SegmentRule) only(RuleReader.read("a", segment("active", "not: { segment: keen }")));

        assertThat(RuleSet.missing(keen, List.of())).containsExactly("active");
        assertThat(RuleSet.missing(keen, List.of(active))).isEmpty();
        assertThat(RuleSet.cycle(circular, List.of(keen, active))).containsExactly("active", "keen", "active");
        assertThat(RuleSet.cycle((SegmentRule) keen, List.of(active))).isEmpty();
    }

    private static String segment(String id, String when) {
        return "{kind: segment, id: " + id + ", version: 1, name: N, when: { " + when + " }}";
    }

    private static Condition performed(String bounds) {
        return ((SegmentRule) only(RuleReader.read("a", segment("a", "performed: x, " + bounds)))).when();
    }

    private static long cooldown(String level) {
        String text =
                PATTERN.replace("AMBER", level).replace("to: RED", "to: CRISIS").replace("cooldown: 12h\n", "");
        return ((PatternRule) only(RuleReader.read("a", text))).cooldownMillis();
    }

    private static Rule only(Reading reading) {
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.rules()).hasSize(1);
        return reading.rules().get(0);
    }
}
