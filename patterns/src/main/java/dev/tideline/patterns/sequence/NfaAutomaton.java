package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.rule.Sequence.Step;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.time.TimerService;
import org.apache.flink.core.memory.DataInputView;
import org.jspecify.annotations.Nullable;

/** Flink CEP's NFA, for every sequence that has no smaller automaton. One thread. */
final class NfaAutomaton implements Automaton {
    private static final AfterMatchSkipStrategy NO_SKIP = AfterMatchSkipStrategy.noSkip();
    private static final TimerService NO_CLOCK = () -> {
        throw new UnsupportedOperationException("rules have no wall clock");
    };
    private static final String[] NO_NAMES = {};

    private final Sequence sequence;
    private final NFA<HeldFact> nfa;
    private final UserBuffer buffer;
    private final CurrentUser user;
    private final Set<Integer> beginnings;

    /**
     * @param buffer may be shared with other automata of the same thread
     * @param user whom the NFA's conditions ask for
     * @param beginnings the kinds of fact that a match may begin with
     */
    NfaAutomaton(Sequence sequence, NFA<HeldFact> nfa, UserBuffer buffer, CurrentUser user, Set<Integer> beginnings) {
        this.sequence = sequence;
        this.nfa = nfa;
        this.buffer = buffer;
        this.user = user;
        this.beginnings = beginnings;
    }

    @Override
    public Evaluation evaluation() {
        return Evaluation.NFA;
    }

    @Override
    public Partials.Form form() {
        return Partials.Form.NFA;
    }

    @Override
    public boolean beginsWith(int kind) {
        return beginnings.contains(kind);
    }

    @Override
    public @Nullable Partials accept(@Nullable Partials partials, Moment now, int kind, Findings findings)
            throws Exception {
        now.before(NO_NAMES);
        now.change();
        user.is(now.user());
        NfaPartials known = partials == null
                ? new NfaPartials(sequence.withinMillis(), nfa.createInitialNFAState())
                : (NfaPartials) partials;
        for (Map<String, List<HeldFact>> found : stepping(
                known,
                (accessor, spent) -> nfa.process(accessor, spent, now.held(), now.millis(), NO_SKIP, NO_CLOCK))) {
            findings.found(now.millis(), inStepOrder(found));
        }
        return known.count() == 0 ? null : known;
    }

    @Override
    public @Nullable Partials advance(Partials partials, long toMillis, Findings findings) throws Exception {
        NfaPartials known = (NfaPartials) partials;
        for (Map<String, List<HeldFact>> found :
                stepping(known, (accessor, spent) -> nfa.advanceTime(accessor, spent, toMillis, NO_SKIP).f0)) {
            Map<String, List<Fact>> steps = inStepOrder(found);
            long begin = steps.values().iterator().next().get(0).millis();
            findings.found(begin + sequence.withinMillis(), steps);
        }
        return known.count() == 0 ? null : known;
    }

    /** One step of the NFA: takes the state as it was, and leaves the one that follows in it. */
    private interface Stepping {
        Collection<Map<String, List<HeldFact>>> from(SharedBufferAccessor<HeldFact> accessor, NFAState spent)
                throws Exception;
    }

    private Collection<Map<String, List<HeldFact>>> stepping(NfaPartials partials, Stepping step) throws Exception {
        NFAState states = partials.states;
        NFAState spent = new NFAState(new SpentQueue(states.getPartialMatches()), states.getCompletedMatches());
        Collection<Map<String, List<HeldFact>>> found = buffer.on(partials, accessor -> step.from(accessor, spent));
        states.setNewPartialMatches((PriorityQueue<ComputationState>) spent.getPartialMatches());
        return found;
    }

    private Map<String, List<Fact>> inStepOrder(Map<String, List<HeldFact>> found) {
        Map<String, List<Fact>> ordered = new LinkedHashMap<>();
        for (Step step : sequence.steps()) {
            List<HeldFact> facts = found.get(step.name());
            if (facts != null) {
                ordered.put(step.name(), facts.stream().map(HeldFact::fact).toList());
            }
        }
        return Collections.unmodifiableMap(ordered);
    }

    @Override
    public Partials read(HeldFact[] facts, DataInputView in) throws IOException {
        return NfaPartials.read(sequence.withinMillis(), facts, in);
    }
}
