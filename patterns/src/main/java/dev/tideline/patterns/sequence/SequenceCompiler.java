package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.rule.Sequence.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.pattern.MalformedPatternException;
import org.apache.flink.cep.pattern.Pattern;

/** Turns a rule's sequence into Flink CEP's pattern, and that into an automaton. Stateless. */
public final class SequenceCompiler {
    private static final String DEAD_END =
            "the steps cannot be matched: a step cannot be optional, greedy and have until in this place";

    private SequenceCompiler() {}

    /**
     * Refuses a sequence that Flink CEP cannot express, such as absence after an optional step.
     *
     * @throws IllegalArgumentException with a sentence for the rule's author
     */
    public static void check(Sequence sequence) {
        compile(sequence, new CurrentUser());
    }

    /**
     * How a sequence is evaluated.
     *
     * @throws IllegalArgumentException if it cannot be matched ({@link #check})
     */
    public static Evaluation evaluation(Sequence sequence) {
        check(sequence);
        return Evaluation.NFA;
    }

    /**
     * The automaton of a sequence.
     *
     * @throws IllegalArgumentException with a sentence for the rule's author
     */
    static CompiledSequence compile(Sequence sequence, CurrentUser user) {
        Pattern<Fact, Fact> pattern = pattern(sequence, user);
        NFA<Fact> nfa;
        try {
            nfa = NFACompiler.compileFactory(pattern, false).createNFA();
        } catch (MalformedPatternException refused) {
            throw refusal(refused);
        } catch (NullPointerException lost) {
            // Flink's compiler loses its way in some combinations of optional, greedy and until …
            throw new IllegalArgumentException(DEAD_END, lost);
        }
        // … and in others it compiles, and would fail on the first fact that gets there.
        if (nfa.getStates().stream()
                .flatMap(state -> state.getStateTransitions().stream())
                .anyMatch(transition -> transition.getTargetState() == null)) {
            throw new IllegalArgumentException(DEAD_END);
        }
        return new CompiledSequence(sequence, nfa);
    }

    private static IllegalArgumentException refusal(RuntimeException refused) {
        return new IllegalArgumentException("the steps cannot be matched: " + refused.getMessage(), refused);
    }

    private static Pattern<Fact, Fact> pattern(Sequence sequence, CurrentUser user) {
        if (sequence.steps().isEmpty() || sequence.steps().get(0).contiguity().negative()) {
            throw new IllegalArgumentException("a sequence begins with a step that takes a fact");
        }
        if (sequence.withinMillis() <= 0) {
            throw new IllegalArgumentException("a sequence needs a time within which it is complete");
        }
        Pattern<Fact, Fact> pattern = Pattern.begin(sequence.steps().get(0).name(), AfterMatchSkipStrategy.noSkip());
        List<String> earlier = new ArrayList<>();
        try {
            for (Step step : sequence.steps()) {
                if (!earlier.isEmpty()) {
                    pattern = follow(pattern, step);
                }
                if (!step.contiguity().negative()) {
                    earlier.add(0, step.name());
                }
                describe(pattern, step, List.copyOf(earlier), user);
            }
        } catch (MalformedPatternException | UnsupportedOperationException refused) {
            throw refusal(refused);
        }
        return pattern.within(Duration.ofMillis(sequence.withinMillis()));
    }

    private static Pattern<Fact, Fact> follow(Pattern<Fact, Fact> before, Step step) {
        return switch (step.contiguity()) {
            case FOLLOWED_BY -> before.followedBy(step.name());
            case NEXT -> before.next(step.name());
            case FOLLOWED_BY_ANY -> before.followedByAny(step.name());
            case NOT_NEXT -> before.notNext(step.name());
            case NOT_FOLLOWED_BY -> before.notFollowedBy(step.name());
        };
    }

    /** What the step takes, how often, and until when; a pattern is changed in place. */
    private static void describe(Pattern<Fact, Fact> pattern, Step step, List<String> earlier, CurrentUser user) {
        pattern.where(new StepCondition(step.on(), step.where(), earlier, user));
        quantify(pattern, step);
        if (step.until() != null) {
            pattern.until(new StepCondition(null, step.until(), earlier, user));
        }
    }

    private static void quantify(Pattern<Fact, Fact> pattern, Step step) {
        Integer to = step.to();
        if (to == null) {
            pattern.timesOrMore(step.from());
        } else if (to > 1 || step.greedy() || step.consecutive()) {
            pattern.times(step.from(), to);
        }
        if (step.optional()) {
            pattern.optional();
        }
        if (step.greedy()) {
            pattern.greedy();
        }
        if (step.consecutive()) {
            pattern.consecutive();
        }
    }
}
