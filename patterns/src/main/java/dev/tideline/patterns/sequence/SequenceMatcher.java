package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;

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

    private static final Comparator<Match> BY_TIME =
            Comparator.comparing(Match::at).thenComparing(Match::key);

    private final int mostPartials;
    private final CurrentUser user = new CurrentUser();
    private final UserBuffer buffer = new UserBuffer();
    private Map<String, Watcher> watchers = Map.of();
    private Map<String, List<Watcher>> byKind = Map.of();

    private record Watcher(WatchedSequence watched, String identity, CompiledSequence compiled) {
        Match match(long atMillis, Map<String, List<Fact>> steps) {
            return new Match(watched.key(), watched.version(), Instant.ofEpochMilli(atMillis), steps);
        }
    }

    /** With the usual bound. */
    public SequenceMatcher() {
        this(MOST_PARTIALS);
    }

    /**
     * @param mostPartials how many partial matches a user may have of one sequence; beyond it that sequence begins anew for
     *     that user
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
        List<Watcher> concerned = byKind.getOrDefault(fact.kind(), List.of());
        boolean due = isDue(state, fact.millis());
        if (concerned.isEmpty() && !due) {
            return Outcome.NOTHING;
        }
        Findings findings = new Findings();
        user.is(profile);
        buffer.on(state, accessor -> {
            if (due) {
                fallDue(state, fact.millis(), accessor, findings);
            }
            for (Watcher watcher : concerned) {
                show(watcher, state, fact, accessor, findings);
            }
        });
        return findings.outcome(state);
    }

    /** Lets time pass up to and including the instant: absences are complete, partial matches expire. */
    public Outcome advance(SequenceState state, long toMillis) {
        if (!isDue(state, toMillis)) {
            return Outcome.NOTHING;
        }
        Findings findings = new Findings();
        buffer.on(state, accessor -> fallDue(state, toMillis, accessor, findings));
        return findings.outcome(state);
    }

    /** The earliest instant (epoch milliseconds) at which time alone changes something; empty if it never does. */
    public OptionalLong nextDue(SequenceState state) {
        long earliest = CompiledSequence.NEVER;
        for (Map.Entry<String, NFAState> sequence : state.active.entrySet()) {
            Watcher watcher = watchers.get(sequence.getKey());
            if (watcher != null) {
                earliest = Math.min(earliest, watcher.compiled().due(sequence.getValue()));
            }
        }
        return earliest == CompiledSequence.NEVER ? OptionalLong.empty() : OptionalLong.of(earliest);
    }

    private boolean isDue(SequenceState state, long toMillis) {
        for (Map.Entry<String, NFAState> sequence : state.active.entrySet()) {
            Watcher watcher = watchers.get(sequence.getKey());
            if (watcher == null || watcher.compiled().due(sequence.getValue()) <= toMillis) {
                return true;
            }
        }
        return false;
    }

    private void fallDue(SequenceState state, long toMillis, SharedBufferAccessor<Fact> accessor, Findings findings)
            throws Exception {
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
            for (Map<String, List<Fact>> steps : watcher.compiled().advance(accessor, partials, toMillis)) {
                long begin = steps.values().iterator().next().get(0).millis();
                findings.matches.add(watcher.match(watcher.compiled().windowEnd(begin), steps));
            }
            if (CompiledSequence.partials(partials) == 0) {
                sequences.remove();
            }
        }
    }

    private void show(
            Watcher watcher, SequenceState state, Fact fact, SharedBufferAccessor<Fact> accessor, Findings findings)
            throws Exception {
        WatchedSequence watched = watcher.watched();
        if (fact.millis() < watched.effectiveMillis()) {
            return;
        }
        NFAState partials = state.active.get(watcher.identity());
        if (partials == null) {
            partials = watcher.compiled().fresh();
        }
        for (Map<String, List<Fact>> steps : watcher.compiled().accept(accessor, partials, fact)) {
            findings.matches.add(watcher.match(fact.millis(), steps));
        }
        int count = CompiledSequence.partials(partials);
        if (count > mostPartials) {
            CompiledSequence.release(accessor, partials);
            findings.overflows.add(new Outcome.Overflow(watched.key(), watched.version(), count));
        }
        if (count == 0 || count > mostPartials) {
            state.active.remove(watcher.identity());
        } else {
            state.active.put(watcher.identity(), partials);
        }
    }

    /** What is found in the course of one step. */
    private static final class Findings {
        private final List<Match> matches = new ArrayList<>();
        private final List<Outcome.Overflow> overflows = new ArrayList<>();

        Outcome outcome(SequenceState state) {
            if (state.isEmpty()) {
                state.nextEvent = 0;
            }
            if (matches.isEmpty() && overflows.isEmpty()) {
                return Outcome.NOTHING;
            }
            matches.sort(BY_TIME);
            return new Outcome(List.copyOf(matches), List.copyOf(overflows));
        }
    }
}
