package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Finds all watched sequences in the facts of one user after the other.
 *
 * <p>Everything it remembers of a user is in the {@link SequenceState} that it is handed and changes in place. The facts and
 * instants of one user must come in the order of time (facts of one millisecond in their own order); different users are
 * independent. For one thread.
 */
public final class SequenceMatcher {
    /** The bound on partial matches that serves if nobody sets another. */
    public static final int MOST_PARTIALS = 1000;

    /** What a partial match may weigh on average: a loop of some 13 facts, or 100 times the shortest match. */
    private static final long MOST_WEIGHT = 100;

    private final int mostPartials;
    private final CurrentUser user = new CurrentUser();
    private final UserBuffer buffer = new UserBuffer();
    private Map<String, Watcher> watchers = Map.of();
    private Map<String, List<Watcher>> byKind = Map.of();

    /** With the usual bound. */
    public SequenceMatcher() {
        this(MOST_PARTIALS);
    }

    /**
     * @param mostPartials how many partial matches a user may have of one sequence, long ones counting for more; beyond it
     *     that sequence is stopped for that user until its {@code within} has passed ({@link Outcome.Reason#STOPPED})
     */
    public SequenceMatcher(int mostPartials) {
        if (mostPartials < 1) {
            throw new IllegalArgumentException("at least one partial match must be allowed, not " + mostPartials);
        }
        this.mostPartials = mostPartials;
    }

    /**
     * From now on exactly these sequences are looked for. What did not change goes on where it was; partial matches of what is
     * gone are given up when a user's state is next touched.
     *
     * <p>Versions of one rule may be watched side by side. One that nobody needs to hear of any more, because no fact from
     * before its end can come, should be left out.
     *
     * @throws IllegalArgumentException if a sequence cannot be matched ({@link SequenceCompiler#check}); then nothing changes
     */
    public void watch(Collection<WatchedSequence> sequences) {
        Map<String, Watcher> next = new TreeMap<>();
        for (WatchedSequence watched : sequences) {
            String identity = watched.identity();
            Watcher known = watchers.get(identity);
            CompiledSequence compiled =
                    known != null ? known.compiled() : SequenceCompiler.compile(watched.sequence(), user);
            next.put(identity, new Watcher(watched, identity, compiled));
        }
        index(next);
    }

    private void index(Map<String, Watcher> next) {
        Map<String, List<Watcher>> index = new HashMap<>();
        for (Watcher watcher : next.values()) {
            for (String kind : watcher.watched().sequence().kinds()) {
                index.computeIfAbsent(kind, any -> new ArrayList<>()).add(watcher);
            }
        }
        watchers = next;
        byKind = index;
    }

    /** Whether any sequence looks at facts of this kind. */
    public boolean watches(String kind) {
        return byKind.containsKey(kind);
    }

    /**
     * Lets fall due what is due at or before the fact's instant, then shows the fact to the sequences that name its kind.
     *
     * @param profile the user's profile at the fact's instant
     */
    public Outcome accept(SequenceState state, Fact fact, UserProfile profile) {
        user.is(profile);
        return step(state, fact.millis(), fact);
    }

    /** Lets time pass up to and including the instant: absences are complete, partial matches expire. */
    public Outcome advance(SequenceState state, long toMillis) {
        return step(state, toMillis, null);
    }

    /**
     * The earliest instant (epoch milliseconds) at which time alone changes something: a window ends, or a watched sequence
     * does, or one that was stopped may begin anew; empty if there is none.
     */
    public OptionalLong nextDue(SequenceState state) {
        long earliest = CompiledSequence.NEVER;
        for (Map.Entry<String, NFAState> sequence : state.active.entrySet()) {
            Watcher watcher = watchers.get(sequence.getKey());
            if (watcher != null) {
                earliest = Math.min(earliest, watcher.due(sequence.getValue()));
            }
        }
        for (Map.Entry<String, Long> sequence : state.stopped.entrySet()) {
            Watcher watcher = watchers.get(sequence.getKey());
            if (watcher != null) {
                earliest = Math.min(earliest, watcher.capped(sequence.getValue()));
            }
        }
        return earliest == CompiledSequence.NEVER ? OptionalLong.empty() : OptionalLong.of(earliest);
    }

    private Outcome step(SequenceState state, long toMillis, @Nullable Fact fact) {
        List<Watcher> concerned = fact == null ? List.of() : byKind.getOrDefault(fact.kind(), List.of());
        boolean due = isDue(state, toMillis);
        if (concerned.isEmpty() && !due) {
            return Outcome.NOTHING;
        }
        Findings findings = new Findings();
        buffer.on(state, accessor -> {
            if (due) {
                fallDue(state, toMillis, accessor, findings);
            }
            if (fact != null) {
                for (Watcher watcher : concerned) {
                    show(watcher, state, fact, accessor, findings);
                }
            }
        });
        retire(findings.broken(), state);
        if (state.isEmpty()) {
            state.nextEvent = 0;
        }
        return findings.outcome();
    }

    private boolean isDue(SequenceState state, long toMillis) {
        for (Map.Entry<String, NFAState> sequence : state.active.entrySet()) {
            Watcher watcher = watchers.get(sequence.getKey());
            if (watcher == null || watcher.due(sequence.getValue()) <= toMillis) {
                return true;
            }
        }
        for (Map.Entry<String, Long> sequence : state.stopped.entrySet()) {
            if (mayBeginAnew(sequence, toMillis)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBeginAnew(Map.Entry<String, Long> stopped, long toMillis) {
        Watcher watcher = watchers.get(stopped.getKey());
        return watcher == null || watcher.capped(stopped.getValue()) <= toMillis;
    }

    private void fallDue(SequenceState state, long toMillis, SharedBufferAccessor<Fact> accessor, Findings findings)
            throws Exception {
        state.stopped.entrySet().removeIf(sequence -> mayBeginAnew(sequence, toMillis));
        Iterator<Map.Entry<String, NFAState>> sequences =
                state.active.entrySet().iterator();
        while (sequences.hasNext()) {
            Map.Entry<String, NFAState> sequence = sequences.next();
            NFAState partials = sequence.getValue();
            Watcher watcher = watchers.get(sequence.getKey());
            if (watcher == null) {
                CompiledSequence.release(accessor, partials);
                sequences.remove();
                continue;
            }
            int before = CompiledSequence.partials(partials);
            try {
                complete(watcher, partials, Math.min(toMillis, watcher.lastMillis()), accessor, findings);
                if (watcher.hasEnded(toMillis)) {
                    CompiledSequence.release(accessor, partials);
                    sequences.remove();
                } else if (CompiledSequence.partials(partials) == 0) {
                    sequences.remove();
                }
            } catch (Exception broken) {
                findings.broken(watcher, before);
                sequences.remove();
            }
        }
    }

    private static void complete(
            Watcher watcher, NFAState partials, long toMillis, SharedBufferAccessor<Fact> accessor, Findings findings)
            throws Exception {
        for (Map<String, List<Fact>> steps : watcher.compiled().advance(accessor, partials, toMillis)) {
            long begin = steps.values().iterator().next().get(0).millis();
            findings.found(watcher.match(watcher.compiled().windowEnd(begin), steps));
        }
    }

    private void show(
            Watcher watcher, SequenceState state, Fact fact, SharedBufferAccessor<Fact> accessor, Findings findings) {
        if (!watcher.watched().sees(fact.millis()) || state.stopped.containsKey(watcher.identity())) {
            return;
        }
        NFAState partials = state.active.get(watcher.identity());
        if (partials == null) {
            if (!watcher.compiled().beginsWith(fact.kind())) {
                return;
            }
            partials = watcher.compiled().fresh();
        }
        int before = CompiledSequence.partials(partials);
        try {
            for (Map<String, List<Fact>> steps : watcher.compiled().accept(accessor, partials, fact)) {
                findings.found(watcher.match(fact.millis(), steps));
            }
            keep(watcher, state, partials, fact, accessor, findings);
        } catch (Exception broken) {
            findings.broken(watcher, before);
            state.active.remove(watcher.identity());
        }
    }

    private void keep(
            Watcher watcher,
            SequenceState state,
            NFAState partials,
            Fact fact,
            SharedBufferAccessor<Fact> accessor,
            Findings findings)
            throws Exception {
        int count = CompiledSequence.partials(partials);
        boolean tooMany = count > mostPartials || CompiledSequence.weight(partials) > mostPartials * MOST_WEIGHT;
        if (tooMany) {
            CompiledSequence.release(accessor, partials);
            findings.stopped(watcher, count);
            state.stopped.put(watcher.identity(), watcher.compiled().windowEnd(fact.millis()));
        }
        if (count == 0 || tooMany) {
            state.active.remove(watcher.identity());
        } else {
            state.active.put(watcher.identity(), partials);
        }
    }

    /** A sequence on which Flink CEP fails must not take everybody's job down, again and again. */
    private void retire(List<Watcher> broken, SequenceState state) {
        if (broken.isEmpty()) {
            return;
        }
        Map<String, Watcher> left = new TreeMap<>(watchers);
        broken.forEach(watcher -> left.remove(watcher.identity()));
        index(left);
        buffer.sweep(state);
    }
}
