package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.SegmentChange;
import java.util.ArrayList;
import java.util.List;

/**
 * What changed, in the order of time and, within an instant, of segment ids.
 *
 * @param live to be told
 * @param shadow of shadow rules: to be counted, and told to nobody
 */
public record SegmentChanges(List<SegmentChange> live, List<SegmentChange> shadow) {
    /** Nothing changed. */
    public static final SegmentChanges NONE = new SegmentChanges(List.of(), List.of());

    public SegmentChanges {
        live = List.copyOf(live);
        shadow = List.copyOf(shadow);
    }

    /** These, then the others. */
    SegmentChanges then(SegmentChanges others) {
        if (isEmpty()) {
            return others;
        }
        return others.isEmpty() ? this : new SegmentChanges(joined(live, others.live), joined(shadow, others.shadow));
    }

    public boolean isEmpty() {
        return live.isEmpty() && shadow.isEmpty();
    }

    private static List<SegmentChange> joined(List<SegmentChange> first, List<SegmentChange> second) {
        List<SegmentChange> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
