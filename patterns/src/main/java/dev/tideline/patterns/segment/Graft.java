package dev.tideline.patterns.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Takes parts of one user's state over into another state of the same user. */
final class Graft {
    private static final long UNBOUND = 0;

    private Graft() {}

    /** What was counted for a leaf, in the place of what is there; what was counted for nothing leaves nothing. */
    static void tally(SegmentState from, SegmentState to, long leaf) {
        Tally tally = from.tallies.get(leaf);
        Tally known = to.tallies.get(leaf);
        if (tally != null) {
            to.tallies.put(tally.copy());
        } else if (known != null) {
            to.tallies.remove(known);
        }
        to.bound = UNBOUND;
    }

    /** How the user stands with the segments of these keys, in the place of how they stand there. */
    static void memberships(SegmentState from, SegmentState to, Predicate<String> keys) {
        List<String> there = new ArrayList<>();
        to.memberships.forEach((key, membership) -> there.add(key));
        there.stream().filter(keys).forEach(to.memberships::remove);
        from.memberships.forEach((key, membership) -> {
            if (keys.test(key)) {
                to.memberships.put(key, membership.copy());
            }
        });
        to.bound = UNBOUND;
    }
}
