package dev.tideline.patterns.rule;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Steps that follow each other, with the words and the meaning of Flink CEP (no skip).
 *
 * @param withinMillis a match is complete when less than this lies between its first and its last fact
 */
public record Sequence(List<Step> steps, long withinMillis) {

    /** The kinds of fact the sequence looks at, and at no others. */
    public Set<String> kinds() {
        return steps.stream().map(Step::on).collect(Collectors.toUnmodifiableSet());
    }

    /** The same, each once, in the order in which steps name them. */
    public List<String> kindsInOrder() {
        return steps.stream().map(Step::on).distinct().toList();
    }

    /**
     * One step.
     *
     * @param on event type or derived fact
     * @param where null = any such fact
     * @param from least number of facts, 1 or more
     * @param to greatest number of facts; null = no bound
     * @param until ends a looping step when a fact satisfies it
     */
    public record Step(
            String name,
            Contiguity contiguity,
            String on,
            @Nullable Predicate where,
            int from,
            @Nullable Integer to,
            boolean optional,
            boolean greedy,
            boolean consecutive,
            @Nullable Predicate until) {}

    /** How a step follows the one before. */
    public enum Contiguity {
        FOLLOWED_BY,
        NEXT,
        FOLLOWED_BY_ANY,
        NOT_NEXT,
        NOT_FOLLOWED_BY;

        /** Whether the step asks for absence. */
        public boolean negative() {
            return this == NOT_NEXT || this == NOT_FOLLOWED_BY;
        }

        /** The word in a document. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
