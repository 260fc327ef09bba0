package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Level;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * When time alone would end a membership: the instants at which some count falls are tried one by one, with profile and risk
 * as they are. There are no more of them than counts that the segment, and those that it refers to, ask for.
 */
final class Expiry {
    private final SegmentEngine engine;
    private final SegmentState state;
    private final CompiledSegment segment;

    Expiry(SegmentEngine engine, SegmentState state, CompiledSegment segment) {
        this.engine = engine;
        this.state = state;
        this.segment = segment;
    }

    /** The first instant after {@code at} without the membership; null if there is none. */
    @Nullable
    Long after(long at) {
        long[] instants = new long[0];
        for (int index : segment.leaves()) {
            Leaf leaf = engine.leaf(index);
            Tally tally = state.tallies.get(leaf.key());
            if (tally != null) {
                instants = leaf.expiries(tally, at, instants);
            }
        }
        Arrays.sort(instants);
        boolean[] members = new boolean[instants.length == 0 ? 0 : segment.segments().length];
        for (int i = 0; i < instants.length; i++) {
            if ((i == 0 || instants[i - 1] < instants[i]) && !holds(new Then(instants[i], members))) {
                return instants[i];
            }
        }
        return null;
    }

    private boolean holds(Then then) {
        int[] segments = segment.segments();
        for (int i = 0; i < segments.length; i++) {
            then.members[i] = engine.segment(segments[i]).when().holds(then);
        }
        return then.members[segments.length - 1];
    }

    /** The user at a later instant, if nothing else happens. */
    private final class Then implements Node.View {
        private final long instant;

        /** By the place of the segment among those that this one refers to. */
        private final boolean[] members;

        Then(long instant, boolean[] members) {
            this.instant = instant;
            this.members = members;
        }

        @Override
        public long count(int leaf) {
            Leaf counted = engine.leaf(leaf);
            return counted.count(state.tallies.get(counted.key()), instant);
        }

        @Override
        public boolean profile(int leaf) {
            return state.profiles.isYes(engine.profiles().get(leaf).key());
        }

        @Override
        public boolean member(int other) {
            return members[Arrays.binarySearch(segment.segments(), other)];
        }

        @Override
        public @Nullable Level risk() {
            return state.risk;
        }
    }
}
