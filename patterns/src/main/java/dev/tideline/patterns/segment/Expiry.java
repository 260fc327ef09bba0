package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Level;
import java.util.TreeSet;
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
        TreeSet<Long> instants = new TreeSet<>();
        for (int index : segment.leaves()) {
            Leaf leaf = engine.leaf(index);
            Tally tally = state.tallies.get(leaf.key());
            if (tally != null) {
                leaf.expiries(tally, at, instants::add);
            }
        }
        boolean[] members = new boolean[instants.isEmpty() ? 0 : segment.index() + 1];
        for (long instant : instants) {
            if (!holds(new Then(instant, members))) {
                return instant;
            }
        }
        return null;
    }

    private boolean holds(Then then) {
        for (int index : segment.segments()) {
            then.members[index] = engine.segment(index).when().holds(then);
        }
        return then.members[segment.index()];
    }

    /** The user at a later instant, if nothing else happens. */
    private final class Then implements Node.View {
        private final long instant;
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
            return members[other];
        }

        @Override
        public @Nullable Level risk() {
            return state.risk;
        }
    }
}
