package dev.tideline.patterns.sequence;

import static dev.tideline.patterns.rule.Sequence.Contiguity.FOLLOWED_BY;
import static dev.tideline.patterns.rule.Sequence.Contiguity.FOLLOWED_BY_ANY;
import static dev.tideline.patterns.rule.Sequence.Contiguity.NEXT;
import static dev.tideline.patterns.rule.Sequence.Contiguity.NOT_FOLLOWED_BY;
import static dev.tideline.patterns.rule.Sequence.Contiguity.NOT_NEXT;
import static dev.tideline.patterns.sequence.Sample.FALLING;
import static dev.tideline.patterns.sequence.Sample.about;
import static dev.tideline.patterns.sequence.Sample.consecutive;
import static dev.tideline.patterns.sequence.Sample.greedy;
import static dev.tideline.patterns.sequence.Sample.many;
import static dev.tideline.patterns.sequence.Sample.mood;
import static dev.tideline.patterns.sequence.Sample.one;
import static dev.tideline.patterns.sequence.Sample.optional;
import static dev.tideline.patterns.sequence.Sample.until;
import static dev.tideline.patterns.sequence.Sample.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.rule.Sequence.Step;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SequenceCompilerTest {
    private static final Step FIRST = one("first", FOLLOWED_BY, "text");

    static Stream<Arguments> impossible() {
        return Stream.of(
                Arguments.of("nothing at all", List.of()),
                Arguments.of("absence first", List.of(one("a", NOT_FOLLOWED_BY, "text"), FIRST)),
                Arguments.of(
                        "absence after an optional step",
                        List.of(FIRST, optional(one("a", NEXT, "text")), one("b", NOT_NEXT, "text"))),
                Arguments.of("absence several times", List.of(FIRST, many("a", NOT_FOLLOWED_BY, "text", 2, 3))),
                Arguments.of("absence that is optional", List.of(FIRST, optional(one("a", NOT_NEXT, "text")))),
                Arguments.of("the same name twice", List.of(FIRST, FIRST)),
                Arguments.of("fewer at most than at least", List.of(many("a", FOLLOWED_BY, "text", 3, 2))),
                Arguments.of("none at least", List.of(many("a", FOLLOWED_BY, "text", 0, null))),
                Arguments.of(
                        "until without a loop",
                        List.of(until(one("a", FOLLOWED_BY, "text"), where("x", scope -> true)))),
                Arguments.of(
                        "an optional step after a greedy one",
                        List.of(
                                greedy(many("a", FOLLOWED_BY, "text", 1, null)),
                                optional(one("b", FOLLOWED_BY, "text")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impossible")
    void refusesWhatFlinkCepCannotExpress(String what, List<Step> steps) {
        assertThatThrownBy(() -> SequenceCompiler.check(new Sequence(steps, 1000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("null");
    }

    @Test
    void refusesASequenceWithoutEnd() {
        assertThatThrownBy(() -> SequenceCompiler.check(new Sequence(List.of(FIRST), 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesGreedyAndConsecutiveForASingleFactAsWell() {
        Step once = greedy(consecutive(optional(one("b", FOLLOWED_BY, "text"))));

        assertThatCode(() -> SequenceCompiler.check(new Sequence(List.of(FIRST, once, one("c", NEXT, "survey")), 1000)))
                .doesNotThrowAnyException();
    }

    static Stream<Arguments> shapes() {
        Predicate low = about("low", scope -> mood(scope.fact()) < 0.3);
        return Stream.of(
                Arguments.of(Evaluation.ONE_FACT, List.of(FIRST)),
                Arguments.of(Evaluation.ONE_FACT, List.of(one("a", FOLLOWED_BY, "text", low))),
                Arguments.of(Evaluation.RUN, List.of(FIRST, one("b", NEXT, "text", FALLING))),
                Arguments.of(Evaluation.RUN, List.of(times(3, FALLING))),
                Arguments.of(Evaluation.COUNT, List.of(times(3, low))),
                Arguments.of(Evaluation.COUNT, List.of(consecutive(times(1000, low)))),
                Arguments.of(Evaluation.THEN, List.of(FIRST, one("b", FOLLOWED_BY_ANY, "survey", low))),
                Arguments.of(Evaluation.ALL, List.of(FIRST, times(2, low))),
                Arguments.of(
                        Evaluation.ALL,
                        List.of(FIRST, one("b", FOLLOWED_BY, "survey"), one("c", FOLLOWED_BY, "session"))),
                Arguments.of(Evaluation.ABSENCE, List.of(FIRST, one("b", NOT_FOLLOWED_BY, "survey", FALLING))),
                Arguments.of(
                        Evaluation.ABSENCE,
                        List.of(FIRST, one("b", NOT_NEXT, "survey"), one("c", FOLLOWED_BY, "text"))),
                Arguments.of(
                        Evaluation.NFA,
                        List.of(
                                FIRST,
                                one("b", NOT_NEXT, "survey"),
                                one("c", NOT_FOLLOWED_BY, "session"),
                                one("d", FOLLOWED_BY, "text"))),
                Arguments.of(Evaluation.NFA, List.of(many("a", FOLLOWED_BY, "text", 1, null))),
                Arguments.of(Evaluation.NFA, List.of(many("a", FOLLOWED_BY, "text", 1, 2))),
                Arguments.of(Evaluation.NFA, List.of(greedy(times(2, low)), one("b", FOLLOWED_BY, "survey"))),
                Arguments.of(Evaluation.NFA, List.of(FIRST, optional(one("b", FOLLOWED_BY, "text")))),
                Arguments.of(Evaluation.NFA, List.of(FIRST, times(100, FALLING))));
    }

    private static Step times(int times, Predicate where) {
        return new Step("many", FOLLOWED_BY, "text", where, times, times, false, false, false, null);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void givesTheCommonShapesASmallAutomaton(Evaluation evaluation, List<Step> steps) {
        assertThat(SequenceCompiler.evaluation(new Sequence(steps, 1000))).isEqualTo(evaluation);
        assertThat(evaluation.words()).isNotBlank();
    }
}
