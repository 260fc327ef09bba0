package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition whose leaves are numbered, so that it can be asked at any instant. */
sealed interface Node {
    boolean holds(View view);

    /** What a condition may look at, at one instant. */
    interface View {
        long count(int leaf);

        boolean profile(int leaf);

        boolean member(int segment);

        @Nullable
        Level risk();
    }

    record All(List<Node> parts) implements Node {
        @Override
        public boolean holds(View view) {
            for (Node part : parts) {
                if (!part.holds(view)) {
                    return false;
                }
            }
            return true;
        }
    }

    record Any(List<Node> parts) implements Node {
        @Override
        public boolean holds(View view) {
            for (Node part : parts) {
                if (part.holds(view)) {
                    return true;
                }
            }
            return false;
        }
    }

    record Not(Node part) implements Node {
        @Override
        public boolean holds(View view) {
            return !part.holds(view);
        }
    }

    /** The count lies between the bounds, both included. */
    record Count(int leaf, long atLeast, long atMost) implements Node {
        @Override
        public boolean holds(View view) {
            long count = view.count(leaf);
            return atLeast <= count && count <= atMost;
        }
    }

    record Profile(int leaf) implements Node {
        @Override
        public boolean holds(View view) {
            return view.profile(leaf);
        }
    }

    record Member(int segment) implements Node {
        @Override
        public boolean holds(View view) {
            return view.member(segment);
        }
    }

    record Risk(Level level) implements Node {
        @Override
        public boolean holds(View view) {
            Level risk = view.risk();
            return risk != null && risk.atLeast(level);
        }
    }

    /** A segment that is not there has no members. */
    record Nobody() implements Node {
        @Override
        public boolean holds(View view) {
            return false;
        }
    }
}
