package dev.tideline.patterns.sequence;

import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.rule.Sequence.Contiguity;
import dev.tideline.patterns.rule.Sequence.Step;
import dev.tideline.patterns.sequence.Stage.Waiting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the small automaton for a sequence's shape, where it has one: every step that takes facts takes a fixed number of them,
 * and what must not happen stands between two such steps, or as {@code not_followed_by} at the end. Used once per sequence.
 */
final class SmallAutomata {
    /** Longer chains have long partial matches; Flink CEP's NFA is no worse for them, and bounded by weight. */
    private static final int MOST_STAGES = 100;

    private final Sequence sequence;
    private final List<Step> steps;
    private final List<String> kinds;
    private final List<Stage> stages = new ArrayList<>();

    private SmallAutomata(Sequence sequence) {
        this.sequence = sequence;
        this.steps = sequence.steps();
        this.kinds = sequence.kindsInOrder();
    }

    /** Null where only Flink CEP's NFA will do. */
    static @Nullable Automaton of(Sequence sequence) {
        SmallAutomata automata = new SmallAutomata(sequence);
        if (!automata.fits()) {
            return null;
        }
        Automaton newest = automata.newest();
        return newest != null ? newest : automata.chain();
    }

    private boolean fits() {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.contiguity().negative() ? !fitsAsAbsence(i) : !takesAFixedNumber(step)) {
                return false;
            }
        }
        return true;
    }

    private static boolean takesAFixedNumber(Step step) {
        return Integer.valueOf(step.from()).equals(step.to())
                && !step.optional()
                && !step.greedy()
                && step.until() == null;
    }

    private boolean fitsAsAbsence(int place) {
        boolean last = place == steps.size() - 1;
        return place > 0
                && !steps.get(place - 1).contiguity().negative()
                && (last
                        ? steps.get(place).contiguity() == Contiguity.NOT_FOLLOWED_BY
                        : !steps.get(place + 1).contiguity().negative());
    }

    /** One step whose facts are each judged by themselves. */
    private @Nullable Automaton newest() {
        Step step = steps.get(0);
        Question takes = new Question(step, kinds);
        return steps.size() == 1 && step.from() > 1 && !takes.looksBack()
                ? new Newest(step.name(), takes, step.from(), step.consecutive(), sequence.withinMillis())
                : null;
    }

    private @Nullable Automaton chain() {
        for (int i = 0; i < steps.size(); i++) {
            if (!steps.get(i).contiguity().negative()) {
                unroll(i);
            }
            if (stages.size() > MOST_STAGES) {
                return null;
            }
        }
        Step last = steps.get(steps.size() - 1);
        Question absent = last.contiguity().negative() ? new Question(last, kinds) : null;
        Automaton run = Run.of(evaluation(), stages, absent, sequence.withinMillis());
        return run != null ? run : new Chain(evaluation(), stages, absent, sequence.withinMillis());
    }

    /** A step that happens n times is n stages. */
    private void unroll(int place) {
        Step step = steps.get(place);
        Question takes = new Question(step, kinds);
        stages.add(new Stage(
                step.name(),
                takes,
                waiting(step.contiguity()),
                question(place - 1, Contiguity.NOT_NEXT),
                question(place - 1, Contiguity.NOT_FOLLOWED_BY)));
        Waiting inner = step.consecutive() ? Waiting.NOT_AT_ALL : Waiting.UNTIL_TAKEN;
        // As in Flink CEP, what must not follow a step that happens several times must not come in its middle either.
        Question never = question(place + 1, Contiguity.NOT_FOLLOWED_BY);
        for (int i = 1; i < step.from(); i++) {
            stages.add(new Stage(step.name(), takes, inner, null, never));
        }
    }

    private static Waiting waiting(Contiguity contiguity) {
        return switch (contiguity) {
            case NEXT -> Waiting.NOT_AT_ALL;
            case FOLLOWED_BY_ANY -> Waiting.FOR_EVERY;
            case FOLLOWED_BY, NOT_NEXT, NOT_FOLLOWED_BY -> Waiting.UNTIL_TAKEN;
        };
    }

    private @Nullable Question question(int place, Contiguity asked) {
        return place >= 0 && place < steps.size() && steps.get(place).contiguity() == asked
                ? new Question(steps.get(place), kinds)
                : null;
    }

    private Evaluation evaluation() {
        boolean absence = steps.stream().anyMatch(step -> step.contiguity().negative());
        boolean looksBack =
                stages.stream().skip(1).anyMatch(stage -> stage.takes().looksBack());
        if (absence) {
            return Evaluation.ABSENCE;
        } else if (stages.size() == 1) {
            return Evaluation.ONE_FACT;
        } else if (looksBack) {
            return Evaluation.RUN;
        }
        return stages.size() == 2 ? Evaluation.THEN : Evaluation.ALL;
    }
}
