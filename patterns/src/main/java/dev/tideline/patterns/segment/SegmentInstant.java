package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.SegmentChange.Reason;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Scope;
import dev.tideline.patterns.rule.Sequence;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One user's one millisecond: takes all that bears it, in order, then {@link #settle} says what it changed.
 *
 * <p>Membership is worked out again after time itself and after each thing taken, where that concerns a segment; the last of
 * them to turn a membership to what it is in the end is named as its reason and cause. Only what differs between before and
 * after the millisecond is a change. Used once, by one thread.
 */
public final class SegmentInstant {
    private static final Set<String> MADE_BY_TIME =
            Set.of(Fact.Derived.SESSION, Fact.Derived.MOOD_DAY, Fact.Derived.QUIET, Fact.Derived.WEEK);

    private final SegmentEngine engine;
    private final SegmentState state;
    private final long at;
    private final SegmentChanges before;
    private final Node.View view = new Now();
    private final BitSet concerned = new BitSet();
    private final Map<Integer, Turn> turns = new HashMap<>();
    private boolean settled;

    /** The last time that this instant turned a membership, and by what. */
    record Turn(boolean member, Reason reason, @Nullable String cause) {}

    SegmentInstant(SegmentEngine engine, SegmentState state, long at, SegmentChanges before) {
        this.engine = engine;
        this.state = state;
        this.at = at;
        this.before = before;
    }

    /** Lets time do what it does by itself at this instant, before anything is taken. */
    SegmentInstant expire() {
        forgetWhatExpired();
        turn(Reason.EXPIRY, null);
        return this;
    }

    /** The instant in epoch milliseconds; later than asked for where the user was already further. */
    public long at() {
        return at;
    }

    /**
     * Counts a fact.
     *
     * @param fact at this instant, or before it and late
     * @param profile the user at the fact's instant
     */
    public void take(Fact fact, UserProfile profile) {
        requireOpen();
        exist(profile);
        for (Leaf leaf : engine.leavesOf(fact.kind())) {
            if (leaf.where() == null || leaf.where().test(Scope.of(fact, profile))) {
                count(leaf, Math.min(fact.millis(), at));
            }
        }
        turn(Reason.EVENT, MADE_BY_TIME.contains(fact.kind()) ? null : fact.id());
    }

    /** Takes what is known of the user from this instant on; even nothing makes the user exist. */
    public void takeProfile(UserProfile profile) {
        requireOpen();
        exist(profile);
        ask(profile, engine.profiles());
        turn(Reason.PROFILE, null);
    }

    /** Takes the level of the user's open alert; null where none is open. */
    public void takeRisk(@Nullable Level level) {
        requireOpen();
        if (state.risk != level) {
            state.risk = level;
            concern(engine.riskSegments());
            turn(Reason.RISK, null);
        }
    }

    /**
     * Takes a match of a sequence.
     *
     * @param sequence one of {@link SegmentEngine#sequences}; any other is of no concern
     * @param firstMillis when the match's first fact was
     * @param cause the event that completed it; null where time did
     */
    public void takeMatch(Sequence sequence, long firstMillis, @Nullable String cause) {
        requireOpen();
        Leaf leaf = engine.leavesByKey().get(LeafKeys.of(sequence));
        if (leaf != null) {
            count(leaf, Math.min(firstMillis, at));
            turn(Reason.EVENT, cause);
        }
    }

    /** What this instant changed, after all that fell due before it. */
    public SegmentChanges settle() {
        requireOpen();
        settled = true;
        state.settledAt = at;
        return before.then(new Settlement(engine, state, at).settle(turns));
    }

    void takeRules(UserProfile profile, Difference difference) {
        engine.bind(state);
        forgetWhatExpired();
        if (state.exists()) {
            ask(profile, difference.profiles());
            concerned.or(difference.segments());
            turn(Reason.RULE, null);
        }
        difference.segments().stream().mapToObj(engine::segment).forEach(segment -> {
            Membership membership = state.memberships.get(segment.stateKey());
            if (membership != null) {
                membership.version = segment.rule().version();
            }
        });
    }

    SegmentChanges close(Reason reason) {
        SegmentChanges changes = settle();
        return changes.then(new Settlement(engine, state, at).close(reason));
    }

    private void requireOpen() {
        if (settled) {
            throw new IllegalStateException("the instant " + at + " is settled");
        }
    }

    private void exist(UserProfile profile) {
        if (!state.exists()) {
            state.existsSince = at;
            ask(profile, engine.profiles());
            concerned.set(0, engine.segments().size());
        }
    }

    private void ask(UserProfile profile, List<ProfileLeaf> leaves) {
        Scope scope = Scope.of(null, profile);
        for (ProfileLeaf leaf : leaves) {
            boolean yes = leaf.predicate().test(scope);
            if (yes ? state.profiles.add(leaf.key()) : state.profiles.remove(leaf.key())) {
                concern(leaf.segments());
            }
        }
    }

    private void count(Leaf leaf, long time) {
        Tally tally = state.tallies.getOrDefault(leaf.key(), new Tally());
        if (leaf.count(tally, time, at)) {
            state.tallies.put(leaf.key(), tally);
            concern(leaf.segments());
        }
    }

    private void forgetWhatExpired() {
        state.tallies.entrySet().removeIf(entry -> {
            Tally tally = entry.getValue();
            Leaf leaf = engine.leavesByKey().get(entry.getKey());
            if (leaf != null && tally.due <= at) {
                leaf.refresh(tally, at);
                concern(leaf.segments());
            }
            return tally.isEmpty();
        });
    }

    private void concern(int[] segments) {
        for (int segment : segments) {
            concerned.set(segment);
        }
    }

    /** Works out the segments concerned, and those that refer to one that turned. */
    private void turn(Reason reason, @Nullable String cause) {
        for (int i = concerned.nextSetBit(0); i >= 0 && state.exists(); i = concerned.nextSetBit(i + 1)) {
            CompiledSegment segment = engine.segment(i);
            boolean member = segment.when().holds(view);
            if (member != view.member(i)) {
                turns.put(i, new Turn(member, reason, cause));
                concern(segment.dependents());
            }
        }
        concerned.clear();
    }

    private final class Now implements Node.View {
        @Override
        public long count(int leaf) {
            Leaf counted = engine.leaf(leaf);
            return counted.count(state.tallies.get(counted.key()), at);
        }

        @Override
        public boolean profile(int leaf) {
            return state.profiles.contains(engine.profiles().get(leaf).key());
        }

        @Override
        public boolean member(int segment) {
            Turn turn = turns.get(segment);
            return turn == null ? state.isIn(engine.segment(segment).stateKey()) : turn.member();
        }

        @Override
        public @Nullable Level risk() {
            return state.risk;
        }
    }
}
