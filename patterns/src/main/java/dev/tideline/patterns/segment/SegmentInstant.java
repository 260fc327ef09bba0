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

    private static final BitSet NONE = new BitSet();

    private final SegmentEngine engine;
    private final SegmentState state;
    private final long at;
    private final SegmentChanges before;
    private final Node.View view = new Now();
    private final Numbers concerned = new Numbers();
    private Map<Integer, Turn> turns = Map.of();
    private boolean begins;
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
        Scope scope = null;
        long time = Math.min(fact.millis(), at);
        for (Question question : engine.questions(fact.kind())) {
            if (question.where() != null) {
                scope = scope == null ? Scope.of(fact, profile) : scope;
                if (!question.where().test(scope)) {
                    continue;
                }
            }
            question.leaves().forEach(leaf -> count(leaf, time));
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
        takeMatch(LeafKeys.of(sequence), firstMillis, cause);
    }

    void takeMatch(long key, long firstMillis, @Nullable String cause) {
        requireOpen();
        Leaf leaf = engine.leavesByKey().get(key);
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
        return turns.isEmpty() && !state.mayHoldWhatIsGone
                ? before
                : before.then(new Settlement(engine, state, at).settle(turns));
    }

    void takeRules(UserProfile profile, Difference difference) {
        engine.bind(state);
        forgetWhatExpired();
        if (state.exists()) {
            // Time itself comes first: what the rules leave as it is may expire at this very instant.
            difference.segments().stream().forEach(concerned::remove);
            turn(Reason.EXPIRY, null, difference.segments());
            ask(profile, difference.profiles());
            difference.segments().stream().forEach(concerned::add);
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
            begins = true;
            concern(engine.beginning());
            ask(profile, engine.profiles());
            state.tallies.forEach(tally -> concern(engine.leavesByKey().get(tally.key)));
            if (state.risk != null) {
                concern(engine.riskSegments());
            }
        }
    }

    private void ask(UserProfile profile, List<ProfileLeaf> leaves) {
        if (leaves.isEmpty()) {
            return;
        }
        Scope scope = Scope.of(null, profile);
        for (ProfileLeaf leaf : leaves) {
            if (state.profiles.answer(leaf.key(), leaf.predicate().test(scope))) {
                concern(leaf.segments());
            }
        }
    }

    private void count(Leaf leaf, long time) {
        if (leaf.counts(time, at)) {
            Tally tally = state.tallies.get(leaf.key());
            if (tally == null) {
                tally = new Tally(leaf.key());
                state.tallies.put(tally);
            }
            leaf.add(tally, time);
            leaf.forget(tally, at);
            state.tallies.due(tally, leaf.nextDue(tally, at));
            concern(leaf);
        }
    }

    private void forgetWhatExpired() {
        for (Tally tally : state.tallies.dueBy(at)) {
            Leaf leaf = engine.leavesByKey().get(tally.key);
            if (leaf != null) {
                leaf.forget(tally, at);
                state.tallies.due(tally, leaf.nextDue(tally, at));
                concern(leaf);
            }
            if (tally.isEmpty()) {
                state.tallies.remove(tally);
            }
        }
    }

    private void concern(@Nullable Leaf leaf) {
        if (leaf != null) {
            concern(leaf.segments());
        }
    }

    private void concern(int[] segments) {
        for (int segment : segments) {
            concerned.add(segment);
        }
    }

    /**
     * Works out the segments concerned, and those that refer to one that turned. Of a user who begins to exist those are
     * concerned that do not stand as they would if nothing were known, and whatever refers to them. A segment stands after
     * those that it refers to, so what comes in here comes in further on.
     */
    private void turn(Reason reason, @Nullable String cause) {
        turn(reason, cause, NONE);
    }

    /** The same, and leaves some as they are. */
    private void turn(Reason reason, @Nullable String cause, BitSet left) {
        if (concerned.isEmpty()) {
            return;
        }
        for (int i = 0; i < concerned.size() && state.exists(); i++) {
            if (left.get(concerned.get(i))) {
                continue;
            }
            CompiledSegment segment = engine.segment(concerned.get(i));
            boolean member = segment.when().holds(view);
            boolean turned = member != view.member(segment.index());
            if (turned) {
                put(segment.index(), new Turn(member, reason, cause));
            }
            if (turned || begins) {
                concern(segment.dependents());
            }
        }
        begins = false;
        concerned.clear();
    }

    private void put(int segment, Turn turn) {
        if (turns.isEmpty()) {
            turns = new HashMap<>();
        }
        turns.put(segment, turn);
    }

    private final class Now implements Node.View {
        @Override
        public long count(int leaf) {
            Leaf counted = engine.leaf(leaf);
            return counted.count(state.tallies.get(counted.key()), at);
        }

        @Override
        public boolean profile(int leaf) {
            return state.profiles.isYes(engine.profiles().get(leaf).key());
        }

        @Override
        public boolean member(int segment) {
            Turn turn = turns.isEmpty() ? null : turns.get(segment);
            return turn == null ? state.memberships.isIn(segment) : turn.member();
        }

        @Override
        public @Nullable Level risk() {
            return state.risk;
        }
    }
}
