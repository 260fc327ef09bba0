package dev.tideline.patterns.rule;

import dev.tideline.patterns.rule.Sequence.Contiguity;
import dev.tideline.patterns.rule.Sequence.Step;
import java.util.ArrayList;
import java.util.List;

/** The steps of a sequence in plain English. */
final class StepsWords {
    private StepsWords() {}

    static String of(Sequence sequence) {
        List<String> said = new ArrayList<>();
        int last = sequence.steps().size() - 1;
        for (int i = 0; i <= last; i++) {
            Step step = sequence.steps().get(i);
            if (step.contiguity().negative()) {
                said.add(absent(step, i == last ? sequence.withinMillis() : 0));
            } else {
                said.add((i == 0 ? "" : link(step)) + present(step));
            }
        }
        return String.join("; ", said);
    }

    private static String link(Step step) {
        return switch (step.contiguity()) {
            case NEXT -> "right after that ";
            case FOLLOWED_BY_ANY -> "later, each making a match of its own, ";
            default -> "later ";
        };
    }

    /** A step that happens. */
    static String present(Step step) {
        String greedy = step.greedy() ? ", as many as come before the next" : "";
        String until = step.until() == null ? "" : ", ended by a fact with " + English.quoted(step.until());
        return (step.optional() ? "perhaps " : "") + times(step) + named(step) + greedy + until;
    }

    /**
     * A step that must not happen.
     *
     * @param windowMillis what has to pass without it; 0 where the next step ends the wait
     */
    private static String absent(Step step, long windowMillis) {
        String none = "no " + FactWords.one(step.on()) + named(step);
        if (step.contiguity() == Contiguity.NOT_NEXT) {
            return "right after that " + none;
        }
        return none + (windowMillis == 0 ? " before what is next" : " until the end of " + English.these(windowMillis));
    }

    private static String named(Step step) {
        return " (" + step.name() + ")" + (step.where() == null ? "" : " with " + English.quoted(step.where()));
    }

    private static String times(Step step) {
        Integer to = step.to();
        String inARow = step.consecutive() ? " in a row" : "";
        if (to == null) {
            return "at least " + FactWords.many(step.from(), step.on()) + inARow;
        }
        if (to == step.from()) {
            return to == 1 ? FactWords.a(FactWords.one(step.on())) : FactWords.many(to, step.on()) + inARow;
        }
        return step.from() + " to " + FactWords.many(to, step.on()) + inARow;
    }
}
