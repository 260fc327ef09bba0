package dev.tideline.patterns.sequence;

import static dev.tideline.patterns.rule.Sequence.Contiguity.FOLLOWED_BY;
import static dev.tideline.patterns.rule.Sequence.Contiguity.NEXT;
import static dev.tideline.patterns.rule.Sequence.Contiguity.NOT_FOLLOWED_BY;
import static dev.tideline.patterns.rule.Sequence.Contiguity.NOT_NEXT;
import static dev.tideline.patterns.sequence.Sample.consecutive;
import static dev.tideline.patterns.sequence.Sample.greedy;
import static dev.tideline.patterns.sequence.Sample.many;
import static dev.tideline.patterns.sequence.Sample.one;
import static dev.tideline.patterns.sequence.Sample.optional;
import static dev.tideline.patterns.sequence.Sample.until;
import static dev.tideline.patterns.sequence.Sample.where;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
