package dev.tideline.patterns.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookingBackTest {
    private static final Visible AFTER_FIRST = Visible.afterSteps(Set.of("first"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mood.level < 0.3 | false",
                "mood.level < prev.mood.level | true",
                "first.mood.level > mood.level | true",
                "has(first.mood.level) | true",
                "event_type == 'first_seen' && previous_item9 == 1 | false",
                "event_type == 'first' | true",
            })
    void anExpressionThatNamesAnEarlierFactLooksBack(String source, boolean looksBack) {
        assertThat(AFTER_FIRST.looksBack(source)).isEqualTo(looksBack);
    }

    @ParameterizedTest
    @CsvSource({"prev.mood.level > 0.5, true", "mood.level > 0.5, false"})
    void aCompiledPredicateKnowsIt(String source, boolean looksBack) {
        assertThat(Expressions.compile(source, AFTER_FIRST))
                .isInstanceOfSatisfying(
                        Expressions.Outcome.Compiled.class,
                        compiled -> assertThat(compiled.predicate().looksBack()).isEqualTo(looksBack));
    }

    @ParameterizedTest
    @CsvSource({"prev.mood.level > 0.5", "first.mood.level > 0.5"})
    void outsideOfASequenceNothingLooksBack(String source) {
        assertThat(Visible.FACT.looksBack(source)).isFalse();
    }
}
