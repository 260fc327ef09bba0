package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Sequence;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiFunction;
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
    private final BiFunction<Sequence, UserBuffer, Automaton> compiler;
    private final UserBuffer buffer = new UserBuffer();
    private final Findings findings = new Findings();
    private Watchers watchers = Watchers.NONE;
    private long ticks;

    /** With the usual bound. */
    public SequenceMatcher() {
        this(MOST_PARTIALS);
    }

    /**
     * @param mostPartials how many partial matches a user may have of one sequence, long ones counting for more; beyond it
     *     that sequence is stopped for that user until its {@code within} has passed ({@link Outcome.Reason#STOPPED})
     */
    public SequenceMatcher(int mostPartials) {
        this(mostPartials, SequenceCompiler::compile);
    }

    SequenceMatcher(int mostPartials, BiFunction<Sequence, UserBuffer, Automaton> compiler) {
        this.compiler = compiler;
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
        Map<Long, Watcher> next = new HashMap<>();
        for (WatchedSequence watched : sequences) {
            long identity = watched.identity();
            Watcher known = watchers.find(identity);
            Automaton automaton = known != null ? known.automaton() : compiler.apply(watched.sequence(), buffer);
            next.put(identity, new Watcher(watched, identity, automaton));
        }
        watchers = new Watchers(next);
    }

    /** Whether any sequence looks at facts of this kind. */
    public boolean watches(String kind) {
        return watchers.concernedBy(kind).length > 0;
    }

    /**
     * Lets fall due what is due at or before the fact's instant, then shows the fact to the sequences that name its kind.
     *
     * @param profile the user's profile at the fact's instant
     */
    public Outcome accept(SequenceState state, Fact fact, UserProfile profile) {
        Watchers.Concerned[] concerned = watchers.concernedBy(fact.kind());
        long millis = fact.millis();
        boolean changed = letTimePass(state, millis);
        if (concerned.length > 0) {
            Moment now = new Moment(fact, millis, profile, state, ticks++);
            for (Watchers.Concerned one : concerned) {
                changed |= show(one, state, now);
            }
        }
        return finish(state, changed);
    }

    /** Lets time pass up to and including the instant: absences are complete, partial matches expire. */
    public Outcome advance(SequenceState state, long toMillis) {
        return finish(state, letTimePass(state, toMillis));
    }

    /**
     * The earliest instant (epoch milliseconds) at which time alone changes something: a window ends, or a watched sequence
     * does, or one that was stopped may begin anew; empty if there is none. May be too early where a version's end was moved
     * back.
     */
    public OptionalLong nextDue(SequenceState state) {
        long due = state.watched == watchers.fingerprint() ? state.due : watchers.due(state);
        return due == SequenceState.NEVER ? OptionalLong.empty() : OptionalLong.of(due);
    }

    private Outcome finish(SequenceState state, boolean changed) {
        if (changed) {
            state.settle();
        }
        Outcome outcome = findings.take();
        if (!outcome.losses().isEmpty()) {
            watchers = watchers.without(findings.takeBroken());
        }
        return outcome;
    }

    /** Whether sections went or changed. */
    private boolean letTimePass(SequenceState state, long toMillis) {
        boolean changed = false;
        if (state.watched != watchers.fingerprint()) {
            changed = watchers.reconcile(state);
        }
        if (state.due > toMillis) {
            return changed;
        }
        for (int i = state.size() - 1; i >= 0; i--) {
            Section section = state.section(i);
            if (section.due <= toMillis) {
                fallDue(section, state, toMillis);
            }
        }
        return true;
    }

    private void fallDue(Section section, SequenceState state, long toMillis) {
        Watcher watcher = watchers.find(section.identity);
        Partials left = null;
        if (watcher != null && !section.stopped()) {
            left = complete(watcher, section, state, Math.min(toMillis, watcher.lastMillis()));
        }
        if (watcher == null || left == null || watcher.hasEnded(toMillis)) {
            state.remove(section);
        } else {
            section.changed(left, watcher.capped(left.due()));
        }
    }

    private @Nullable Partials complete(Watcher watcher, Section section, SequenceState state, long toMillis) {
        Partials partials = section.partials(watcher.automaton(), state.table);
        int before = partials.count();
        findings.by(watcher);
        try {
            return watcher.automaton().advance(partials, toMillis, findings);
        } catch (Exception broken) {
            findings.broken(watcher, before);
            return null;
        }
    }

    /** Whether a section went or changed. */
    private boolean show(Watchers.Concerned concerned, SequenceState state, Moment now) {
        Watcher watcher = concerned.watcher();
        if (!watcher.watched().sees(now.millis())) {
            return false;
        }
        Section section = state.find(watcher.identity());
        if (section == null) {
            return concerned.begins() && shown(concerned, state, now, null, null);
        }
        return !section.stopped()
                && shown(concerned, state, now, section, section.partials(watcher.automaton(), state.table));
    }

    private boolean shown(
            Watchers.Concerned concerned,
            SequenceState state,
            Moment now,
            @Nullable Section section,
            @Nullable Partials partials) {
        Watcher watcher = concerned.watcher();
        int before = partials == null ? 0 : partials.count();
        findings.by(watcher);
        try {
            Partials left = watcher.automaton().accept(partials, now, concerned.kind(), findings);
            return now.changed() && keep(watcher, state, now.millis(), section, left);
        } catch (Exception broken) {
            findings.broken(watcher, before);
            return remove(state, section);
        }
    }

    private boolean keep(
            Watcher watcher, SequenceState state, long millis, @Nullable Section section, @Nullable Partials now) {
        if (now == null) {
            return remove(state, section);
        }
        boolean stops = now.count() > mostPartials || now.weight() > mostPartials * MOST_WEIGHT;
        if (stops) {
            findings.stopped(watcher, now.count());
        }
        long due = watcher.capped(stops ? millis + watcher.watched().sequence().withinMillis() : now.due());
        if (section == null) {
            state.add(new Section(watcher.identity(), due, stops ? null : now));
        } else {
            section.changed(stops ? null : now, due);
        }
        return true;
    }

    private static boolean remove(SequenceState state, @Nullable Section section) {
        if (section == null) {
            return false;
        }
        state.remove(section);
        return true;
    }
}
