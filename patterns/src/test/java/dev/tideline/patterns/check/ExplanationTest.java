package dev.tideline.patterns.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.rule.Catalogue;
import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleParts;
import dev.tideline.patterns.rule.RuleReader;
import dev.tideline.patterns.sequence.SequenceCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    @Test
    void rulesAreExplainedInTheseWords() throws IOException {
        Reading reading = Catalogue.read().and(RuleReader.read("explained.yaml", text("/rules/explained.yaml")));
        assertThat(Rules.problems(reading)).isEmpty();

        assertThat(reading.rules().stream().map(Explanation::of).collect(Collectors.joining("\n\n")))
                .isEqualTo(text("/rules/explained.txt").strip());
    }

    @Test
    void everyShippedPatternSaysHowItsSequenceAndItsPredicatesAreEvaluated() {
        assertThat(Catalogue.read().rules())
                .filteredOn(PatternRule.class::isInstance)
                .allSatisfy(rule -> {
                    String said = Explanation.of(rule);
                    assertThat(said)
                            .contains(SequenceCompiler.evaluation(((PatternRule) rule).sequence())
                                    .words())
                            .contains("State of a user: /sequence: ", "Looks at: ", "In force: yes, live.");
                    for (Predicate predicate : RuleParts.predicates(rule)) {
                        assertThat(said).contains(predicate.evaluation());
                    }
                });
    }

    private static String text(String resource) throws IOException {
        try (InputStream stream = ExplanationTest.class.getResourceAsStream(resource)) {
            assertThat(stream).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
