package dev.tideline.patterns.check;

import dev.tideline.patterns.rule.Problem;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleDocument;
import dev.tideline.patterns.rule.RuleParts;
import dev.tideline.patterns.rule.RuleSet;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.sequence.SequenceCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that keeps rules from being used, in one place, so that {@code check}, a start and a running job refuse the
 * same documents. Stateless.
 */
public final class Rules {
    private Rules() {}

    /**
     * All that is wrong with what was read: with the texts, with each rule, and between the rules.
     *
     * @return by file, line and column; empty if every rule can be used
     */
    public static List<Problem> problems(Reading reading) {
        List<Problem> problems = new ArrayList<>(reading.problems());
        reading.documents().forEach(document -> problems.addAll(problems(document)));
        problems.addAll(RuleSet.problems(reading));
        problems.sort(Problem.BY_PLACE);
        return List.copyOf(problems);
    }

    /**
     * What is wrong with a rule by itself, beyond what the reader already looked at: a sequence that cannot be matched.
     * What concerns several rules together is not looked at.
     */
    public static List<Problem> problems(RuleDocument document) {
        List<Problem> problems = new ArrayList<>();
        RuleParts.sequences(document.rule())
                .forEach((path, sequence) -> objection(sequence)
                        .map(objection -> document.problem(path, objection, "steps that Flink CEP can express"))
                        .ifPresent(problems::add));
        return List.copyOf(problems);
    }

    private static Optional<String> objection(Sequence sequence) {
        try {
            SequenceCompiler.check(sequence);
            return Optional.empty();
        } catch (IllegalArgumentException impossible) {
            return Optional.of("what cannot be: " + impossible.getMessage());
        }
    }
}
