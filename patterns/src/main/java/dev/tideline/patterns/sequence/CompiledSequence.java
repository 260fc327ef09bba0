package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.rule.Sequence;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.time.TimerService;

/**
 * A sequence's automaton. It keeps nothing itself: partial matches are in the {@link NFAState} and the shared buffer that it
 * is handed. All that is known of Flink's NFA is known here.
 */
final class CompiledSequence {
    static final long NEVER = Long.MAX_VALUE;

    private static final AfterMatchSkipStrategy NO_SKIP = AfterMatchSkipStrategy.noSkip();
    private static final TimerService NO_CLOCK = () -> {
        throw new UnsupportedOperationException("rules have no wall clock");
    };

    private final Sequence sequence;
    private final NFA<Fact> nfa;
    private final Set<String> beginnings;

    CompiledSequence(Sequence sequence, NFA<Fact> nfa) {
        this.sequence = sequence;
        this.nfa = nfa;
        this.beginnings = beginnings(sequence);
    }

    /** Whether a fact of this kind can be a match's first: the steps up to the first that is not optional decide. */
    boolean beginsWith(String kind) {
        return beginnings.contains(kind);
    }

    private static Set<String> beginnings(Sequence sequence) {
        Set<String> kinds = new HashSet<>();
        for (Sequence.Step step : sequence.steps()) {
            kinds.add(step.on());
            if (!step.optional()) {
                break;
            }
        }
        return kinds;
    }

    NFAState fresh() {
        return nfa.createInitialNFAState();
    }

    /** Shows it a fact; returns the matches that the fact completes, each by step in the order of the steps. */
    List<Map<String, List<Fact>>> accept(SharedBufferAccessor<Fact> buffer, NFAState state, Fact fact)
            throws Exception {
        return stepping(state, spent -> nfa.process(buffer, spent, fact, fact.millis(), NO_SKIP, NO_CLOCK));
    }

    /** Lets time pass up to and including the instant; returns the matches that the absence of facts completes. */
    List<Map<String, List<Fact>>> advance(SharedBufferAccessor<Fact> buffer, NFAState state, long toMillis)
            throws Exception {
        return stepping(state, spent -> nfa.advanceTime(buffer, spent, toMillis, NO_SKIP).f0);
    }

    /** One step of the automaton: takes the state as it was, and leaves the one that follows in it. */
    private interface Step {
        Collection<Map<String, List<Fact>>> from(NFAState spent) throws Exception;
    }

    private List<Map<String, List<Fact>>> stepping(NFAState state, Step step) throws Exception {
        NFAState spent = new NFAState(new SpentQueue(state.getPartialMatches()), state.getCompletedMatches());
        List<Map<String, List<Fact>>> found =
                step.from(spent).stream().map(this::inStepOrder).toList();
        state.setNewPartialMatches((PriorityQueue<ComputationState>) spent.getPartialMatches());
        return found;
    }

    /** The end of the window of the partial match that began first, or {@link #NEVER}. */
    long due(NFAState state) {
        // The queue is ordered by begin, and the state that waits for a beginning comes last.
        ComputationState earliest = state.getPartialMatches().peek();
        return earliest == null || earliest.getStartEventID() == null ? NEVER : windowEnd(earliest.getStartTimestamp());
    }

    long windowEnd(long beginMillis) {
        return beginMillis + sequence.withinMillis();
    }

    /** How many partial matches there are. */
    static int partials(NFAState state) {
        // One more computation always waits for a beginning.
        return Math.max(0, state.getPartialMatches().size() - 1);
    }

    /** The events that the partial matches hold. */
    static Set<EventId> held(SharedBufferAccessor<Fact> buffer, NFAState state) {
        Set<EventId> held = new HashSet<>();
        for (ComputationState partial : state.getPartialMatches()) {
            if (partial.getPreviousBufferEntry() != null) {
                buffer.extractPatterns(partial.getPreviousBufferEntry(), partial.getVersion())
                        .forEach(path -> path.values().forEach(held::addAll));
            }
        }
        return held;
    }

    /**
     * What the partial matches weigh. Each carries the path of facts that it took, and each link of the path its own version
     * number, as long as the path up to there: so a loop over n facts weighs n²/2, and n loops begun one after the other
     * together n³/6. About four bytes a unit.
     */
    static long weight(NFAState state) {
        long weight = 0;
        for (ComputationState partial : state.getPartialMatches()) {
            long length = partial.getVersion().length();
            weight += length * (length + 1) / 2;
        }
        return weight;
    }

    /** Gives up all partial matches, and the facts that nobody else holds. */
    static void release(SharedBufferAccessor<Fact> buffer, NFAState state) throws Exception {
        for (ComputationState partial : state.getPartialMatches()) {
            if (partial.getPreviousBufferEntry() != null) {
                buffer.releaseNode(partial.getPreviousBufferEntry(), partial.getVersion());
            }
        }
    }

    private Map<String, List<Fact>> inStepOrder(Map<String, List<Fact>> found) {
        Map<String, List<Fact>> ordered = new LinkedHashMap<>();
        for (Sequence.Step step : sequence.steps()) {
            List<Fact> facts = found.get(step.name());
            if (facts != null) {
                ordered.put(step.name(), List.copyOf(facts));
            }
        }
        return Collections.unmodifiableMap(ordered);
    }
}
