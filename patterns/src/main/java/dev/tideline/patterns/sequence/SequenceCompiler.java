package dev.tideline.patterns.sequence;

import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.rule.Sequence.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.pattern.MalformedPatternException;
import org.apache.flink.cep.pattern.Pattern;

/** Turns a rule's sequence into an automaton: a small one of its shape, or that of Flink CEP's pattern. Stateless. */
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
        nfa(sequence, new CurrentUser());
    }

    /**
     * How a sequence is evaluated.
     *
     * @throws IllegalArgumentException if it cannot be matched ({@link #check})
     */
    public static Evaluation evaluation(Sequence sequence) {
        check(sequence);
        Automaton small = SmallAutomata.of(sequence);
        return small == null ? Evaluation.NFA : small.evaluation();
    }

    /**
     * The automaton of a sequence: a small one where its shape allows, or Flink CEP's. What Flink CEP refuses is refused.
     *
     * @throws IllegalArgumentException with a sentence for the rule's author
     */
    static Automaton compile(Sequence sequence, UserBuffer buffer) {
        check(sequence);
        Automaton small = SmallAutomata.of(sequence);
        return small != null ? small : large(sequence, buffer);
    }

    /** Flink CEP's, whatever the shape. */
    static Automaton large(Sequence sequence, UserBuffer buffer) {
        CurrentUser user = new CurrentUser();
        return new NfaAutomaton(sequence, nfa(sequence, user), buffer, user, beginnings(sequence));
    }

    /** The steps up to the first that is not optional decide what may begin a match. */
    private static Set<Integer> beginnings(Sequence sequence) {
        List<String> kinds = sequence.kindsInOrder();
        Set<Integer> beginnings = new HashSet<>();
        for (Step step : sequence.steps()) {
            beginnings.add(kinds.indexOf(step.on()));
            if (!step.optional()) {
                break;
            }
        }
        return beginnings;
    }

    private static NFA<HeldFact> nfa(Sequence sequence, CurrentUser user) {
        Pattern<HeldFact, HeldFact> pattern = pattern(sequence, user);
        NFA<HeldFact> nfa;
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
        return nfa;
    }

    private static IllegalArgumentException refusal(RuntimeException refused) {
        return new IllegalArgumentException("the steps cannot be matched: " + refused.getMessage(), refused);
    }

    private static Pattern<HeldFact, HeldFact> pattern(Sequence sequence, CurrentUser user) {
        if (sequence.steps().isEmpty() || sequence.steps().get(0).contiguity().negative()) {
            throw new IllegalArgumentException("a sequence begins with a step that takes a fact");
        }
        if (sequence.withinMillis() <= 0) {
            throw new IllegalArgumentException("a sequence needs a time within which it is complete");
        }
        Pattern<HeldFact, HeldFact> pattern =
                Pattern.begin(sequence.steps().get(0).name(), AfterMatchSkipStrategy.noSkip());
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

    private static Pattern<HeldFact, HeldFact> follow(Pattern<HeldFact, HeldFact> before, Step step) {
        return switch (step.contiguity()) {
            case FOLLOWED_BY -> before.followedBy(step.name());
            case NEXT -> before.next(step.name());
            case FOLLOWED_BY_ANY -> before.followedByAny(step.name());
            case NOT_NEXT -> before.notNext(step.name());
            case NOT_FOLLOWED_BY -> before.notFollowedBy(step.name());
        };
    }

    /** What the step takes, how often, and until when; a pattern is changed in place. */
    private static void describe(
            Pattern<HeldFact, HeldFact> pattern, Step step, List<String> earlier, CurrentUser user) {
        pattern.where(new StepCondition(step.on(), step.where(), earlier, user));
        quantify(pattern, step);
        if (step.until() != null) {
            pattern.until(new StepCondition(null, step.until(), earlier, user));
        }
    }

    private static void quantify(Pattern<HeldFact, HeldFact> pattern, Step step) {
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
