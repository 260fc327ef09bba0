package dev.tideline.patterns.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sequences that are watched, by identity and by the kinds of fact that they name. Immutable. */
final class Watchers {
    static final Watchers NONE = new Watchers(Map.of());

    private static final Concerned[] NOBODY = {};

    private final Map<Long, Watcher> byIdentity;
    /** Looked up at every instant that falls due: so in arrays, by identity. */
    private final long[] identities;

    private final Watcher[] sorted;
    private final Map<String, Concerned[]> byKind = new HashMap<>();
    private final long fingerprint;

    /**
     * A sequence that names a kind of fact.
     *
     * @param kind the kind's place among those that the sequence names
     * @param begins whether a fact of the kind can begin a match
     */
    record Concerned(Watcher watcher, int kind, boolean begins) {}

    /**
     * @param sequences which are shown facts in the order of their identities
     */
    Watchers(Map<Long, Watcher> sequences) {
        this.byIdentity = new TreeMap<>(sequences);
        this.sorted = byIdentity.values().toArray(Watcher[]::new);
        this.identities =
                byIdentity.keySet().stream().mapToLong(Long::longValue).toArray();
        this.fingerprint = fingerprint(byIdentity.values());
        Map<String, List<Concerned>> index = new HashMap<>();
        for (Watcher watcher : byIdentity.values()) {
            List<String> kinds = watcher.watched().sequence().kindsInOrder();
            for (int i = 0; i < kinds.size(); i++) {
                index.computeIfAbsent(kinds.get(i), any -> new ArrayList<>())
                        .add(new Concerned(watcher, i, watcher.automaton().beginsWith(i)));
            }
        }
        index.forEach((kind, concerned) -> byKind.put(kind, concerned.toArray(Concerned[]::new)));
    }

    /** A number that two sets share only if they hold the same sequences with the same ends. */
    private static long fingerprint(Collection<Watcher> watchers) {
        long mixed = 1;
        for (Watcher watcher : watchers) {
            mixed = (mixed ^ watcher.identity()) * 0x9E3779B97F4A7C15L;
            mixed = (mixed ^ mixed >>> 32 ^ watcher.watched().untilMillis()) * 0xC2B2AE3D27D4EB4FL;
        }
        return mixed;
    }

    long fingerprint() {
        return fingerprint;
    }

    @Nullable
    Watcher find(long identity) {
        int place = Arrays.binarySearch(identities, identity);
        return place < 0 ? null : sorted[place];
    }

    Concerned[] concernedBy(String kind) {
        Concerned[] concerned = byKind.get(kind);
        return concerned == null ? NOBODY : concerned;
    }

    /** When the first of the state's sections is due, going by these. */
    long due(SequenceState state) {
        long earliest = SequenceState.NEVER;
        for (int i = 0; i < state.size(); i++) {
            Watcher watcher = find(state.section(i).identity);
            if (watcher != null) {
                earliest = Math.min(earliest, watcher.capped(state.section(i).due));
            }
        }
        return earliest;
    }

    /** Lets go of what is no longer watched, and goes by the ends of these from now on; whether anything changed. */
    boolean reconcile(SequenceState state) {
        state.watched = fingerprint;
        boolean any = state.size() > 0;
        for (int i = state.size() - 1; i >= 0; i--) {
            Section section = state.section(i);
            Watcher watcher = find(section.identity);
            if (watcher == null) {
                state.remove(section);
            } else {
                section.due = watcher.capped(section.due);
            }
        }
        state.due = due(state);
        return any;
    }

    /** The others. */
    Watchers without(Collection<Watcher> gone) {
        if (gone.isEmpty()) {
            return this;
        }
        Map<Long, Watcher> left = new TreeMap<>(byIdentity);
        gone.forEach(watcher -> left.remove(watcher.identity()));
        return new Watchers(left);
    }
}
