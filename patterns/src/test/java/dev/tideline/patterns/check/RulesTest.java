package dev.tideline.patterns.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.rule.Problem;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final String KEEN = """
            kind: segment
            id: keen
            version: 1
            name: Keen
            when:
              all:
                - { performed: page_view }
                - not: { any: [ { segment: active }, { segment: actve } ] }
            """;

    @Test
    void aSequenceThatFlinkCepCannotExpressIsAProblemOfItsPlace() {
        Reading read = RuleReader.read("rules.yaml", """
                kind: segment
                id: keen
                version: 1
                name: Keen
                when:
                  all:
                    - within: 7d
                      sequence:
                        - { step: a, on: text, times: { at_least: 1 }, consecutive: true, until: "true" }
                        - { step: b, on: text, contiguity: not_followed_by }
                        - step: c
                          on: text
                          contiguity: next
                          times: { at_least: 2 }
                          optional: true
                          greedy: true
                          consecutive: true
                          until: "true"
                """);

        assertThat(read.problems()).isEmpty();
        assertThat(Rules.problems(read.documents().get(0))).singleElement().satisfies(problem -> {
            assertThat(problem.place().line()).isEqualTo(9);
            assertThat(problem.path()).isEqualTo("/when/all/0/sequence");
            assertThat(problem.reason()).contains("cannot be matched").doesNotContain("null");
        });
        assertThat(Rules.problems(read))
                .isEqualTo(Rules.problems(read.documents().get(0)));
    }

    @Test
    void everyReferenceIsToldWhereItStands() {
        List<Problem> problems = Rules.problems(RuleReader.read("keen.yaml", KEEN));

        assertThat(problems)
                .extracting(Problem::path)
                .containsExactly("/when/all/1/not/any/0/segment", "/when/all/1/not/any/1/segment");
        assertThat(problems).extracting(Problem::line).containsOnly(8);
        assertThat(problems).extracting(Problem::column).containsExactly(32, 53);
    }

    @Test
    void aReferenceToARuleThatWasRefusedIsNoSecondMistake() {
        Reading read = RuleReader.read("keen.yaml", KEEN.replace("actve", "active"))
                .and(RuleReader.read(
                        "active.yaml", KEEN.replace("keen", "active").replace("all:", "al:")));

        assertThat(Rules.problems(read))
                .singleElement()
                .extracting(Problem::file)
                .isEqualTo("active.yaml");
    }

    @Test
    void aReferenceIntoATextThatCouldNotBeReadIsNoSecondMistake() {
        Reading read =
                RuleReader.read("keen.yaml", KEEN).and(RuleReader.read("active.yaml", "kind: segment\n\tid: active\n"));

        assertThat(Rules.problems(read))
                .singleElement()
                .extracting(Problem::file)
                .isEqualTo("active.yaml");
    }

    @Test
    void problemsStandInTheOrderOfFilesLinesAndColumns() {
        Reading read = RuleReader.read("b.yaml", KEEN).and(RuleReader.read("a.yaml", "kind: segmnt"));

        assertThat(Rules.problems(read))
                .isSortedAccordingTo(Problem.BY_PLACE)
                .extracting(Problem::file)
                .containsExactly("a.yaml", "b.yaml", "b.yaml");
    }
}
