package dev.tideline.patterns.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.rule.Catalogue;
import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.RuleParts;
import dev.tideline.patterns.rule.RuleReader;
import dev.tideline.patterns.sequence.SequenceCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final int PARTIALS = 250;

    @Test
    void shippedSegmentsAndThePolicyAreExplainedInTheseWords() throws IOException {
        String said = Catalogue.read().rules().stream()
                .filter(rule -> !(rule instanceof PatternRule))
                .map(rule -> Explanation.of(rule, PARTIALS))
                .map(text -> text.lines()
                        .filter(line -> !line.startsWith("  Predicates: "))
                        .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n\n"));

        assertThat(said).isEqualTo(golden());
    }

    @Test
    void everyShippedPatternSaysHowItsSequenceAndItsPredicatesAreEvaluated() {
        assertThat(Catalogue.read().rules())
                .filteredOn(PatternRule.class::isInstance)
                .allSatisfy(rule -> {
                    String said = Explanation.of(rule, PARTIALS);
                    assertThat(said)
                            .contains(SequenceCompiler.evaluation(((PatternRule) rule).sequence())
                                    .words())
                            .contains("State of a user: /sequence: ", "Looks at: ", "In force: yes, live.");
                    for (Predicate predicate : RuleParts.predicates(rule)) {
                        assertThat(said).contains(predicate.evaluation());
                    }
                });
    }

    @Test
    void aSequenceWithALoopSaysWhatBoundsItsState() {
        assertThat(Explanation.of(only("""
                kind: pattern
                id: p
                version: 1
                name: P
                family: mood
                level: AMBER
                mode: shadow
                sequence:
                  - { step: a, on: mood_day, times: { at_least: 2 }, until: mood.level > 0.5 }
                  - { step: b, on: week }
                within: 7d
                """), PARTIALS))
                .contains("matches under way that began in the last 7 days, at most 250 (`rules.partial-matches`)")
                .contains("each of as many facts as its steps take")
                .contains("Looks at: mood days, known when a UTC day with a mood log has ended; weeks, known when")
                .contains("In force: in shadow: evaluated and counted, told to `rule-status` alone.");
    }

    @Test
    void aRuleThatIsSwitchedOffSaysSo() {
        assertThat(Explanation.of(
                        only("{kind: segment, id: s, version: 1, name: S, enabled: false, when: {performed: x}}"),
                        PARTIALS))
                .contains("In force: no");
    }

    private static Rule only(String text) {
        Reading reading = RuleReader.read("rules.yaml", text);
        assertThat(Rules.problems(reading)).isEmpty();
        return reading.rules().get(0);
    }

    private static String golden() throws IOException {
        try (InputStream stream = ExplanationTest.class.getResourceAsStream("/rules/explained.txt")) {
            assertThat(stream).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
