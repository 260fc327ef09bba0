package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.rule.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What history says of one user for one version of a segment: its leaves, counted as they would have been at the time.
 * Facts are taken in the order in which they were taken then. For one thread.
 */
public final class Recollection {
    /** The sequences of the version that nobody looked for until now, in one user's facts. */
    public interface Sequences {
        /** The earliest instant at which time alone completes or ends something; {@link Long#MAX_VALUE} if there is none. */
        long nextDue();

        /** What time completes up to and at the instant. */
        List<Found> advance(long through);

        /** What the next fact in order completes. */
        List<Found> accept(Fact fact, UserProfile profile);

        /** Partial matches are given up. */
        void giveUp();
    }

    /**
     * A match.
     *
     * @param first when its first fact was (epoch milliseconds)
     */
    public record Found(Sequence sequence, long first) {}

    /** What is recalled for a version: the same for all users. */
    public static final class Plan {
        private final SegmentEngine engine;
        private final Set<Long> leaves;
        private final List<Sequence> sequences;

        /**
         * Makes the plan.
         *
         * @param before the segments that were in force until the version came
         */
        public Plan(SegmentRule rule, Collection<SegmentRule> before) {
            engine = new SegmentEngine(List.of(), List.of(rule));
            leaves = HistoryNeeds.of(rule, before, Set.of()).leaves();
            sequences = engine.sequences().stream()
                    .filter(sequence -> leaves.contains(LeafKeys.of(sequence)))
                    .toList();
        }

        /** The sequences that have to be looked for. */
        public List<Sequence> sequences() {
            return sequences;
        }
    }

    private final Plan plan;
    private final SegmentState counted;
    private final Sequences sequences;
    private final long since;

    /**
     * Goes on with what was counted.
     *
     * @param counted changed in place
     * @param since what was taken before this instant (epoch milliseconds) does not count, though sequences may begin with it
     */
    public Recollection(Plan plan, SegmentState counted, Sequences sequences, long since) {
        this.plan = plan;
        this.counted = counted;
        this.sequences = sequences;
        this.since = since;
    }

    /**
     * Takes a fact.
     *
     * @param at where the user's time stood when it was taken (epoch milliseconds)
     * @param inOrder whether sequences may take it
     */
    public void take(Fact fact, UserProfile profile, long at, boolean inOrder) {
        comeTo(at - 1);
        List<Found> found = new ArrayList<>(sequences.nextDue() <= at ? sequences.advance(at) : List.of());
        if (inOrder) {
            found.addAll(sequences.accept(fact, profile));
        }
        if (at >= since) {
            SegmentInstant instant = plan.engine.open(counted, at);
            found.forEach(match -> instant.takeMatch(match.sequence(), match.first(), null));
            instant.take(fact, profile);
            instant.settle();
        }
    }

    /** Takes in what time completes up to and at the instant. */
    void comeTo(long through) {
        for (long due = sequences.nextDue(); due <= through; due = sequences.nextDue()) {
            List<Found> found = sequences.advance(due);
            if (due >= since) {
                SegmentInstant instant = plan.engine.open(counted, due);
                found.forEach(match -> instant.takeMatch(match.sequence(), match.first(), null));
                instant.settle();
            }
        }
    }

    Sequences sequences() {
        return sequences;
    }

    /** Puts what was counted, of each leaf the most, into a user's state, whatever is known there. */
    public static void putInto(SegmentState state, Collection<Recollection> recollections) {
        Map<Long, Integer> capacities = new HashMap<>();
        recollections.forEach(recollection -> recollection.putInto(state, capacities));
    }

    /**
     * Puts what was counted into a user's state, but for leaves of which as much is known there already.
     *
     * @param capacities how much is remembered there of each leaf; what is put in is added
     */
    void putInto(SegmentState state, Map<Long, Integer> capacities) {
        for (long key : plan.leaves) {
            Leaf leaf = plan.engine.leavesByKey().get(key);
            Integer known = capacities.get(key);
            if (leaf != null && (known == null || known < leaf.capacity())) {
                Graft.tally(counted, state, key);
                capacities.put(key, leaf.capacity());
            }
        }
    }
}
