package dev.tideline.patterns.segment;

import java.util.List;
import java.util.Set;

/** Which segments hold when, as far as that is known by now: history may have come since for rules that waited for it. */
public interface RulesOverTime {
    /** The segments of the instant (epoch milliseconds) that wait for nothing. */
    SegmentEngine at(long instant);

    /** Ids of the segments of the instant that still wait for history, or refer to one that does. */
    List<String> held(long instant);

    /** Whether history has come for the revision. */
    boolean isFilled(long revision);

    /** Numbers of revisions that still wait. */
    default List<Long> waiting(List<Long> revisions) {
        return revisions.stream().filter(revision -> !isFilled(revision)).toList();
    }

    /** Of these the revisions for which history has come. */
    default Set<Long> filled(List<Long> revisions) {
        return Set.copyOf(revisions.stream().filter(this::isFilled).toList());
    }
}
