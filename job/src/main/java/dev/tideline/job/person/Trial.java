package dev.tideline.job.person;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** Counts, over the users of a task, what a version of a segment that is tried out would change. For one thread. */
final class Trial {
    /** So many users are named each way. */
    static final int MOST_NAMED = 100;

    private static final int SIZE = 0;
    private static final int ENTERING = 1;
    private static final int LEAVING = 2;

    private final String segment;
    private final Map<Integer, long[]> byGroup = new TreeMap<>();
    private final long[] all = new long[3];
    private final Set<String> enters = new LinkedHashSet<>();
    private final Set<String> leaves = new LinkedHashSet<>();
    private int version;

    Trial(String segment) {
        this.segment = segment;
    }

    void restore(TrialCount count) {
        version = Math.max(version, count.version());
        add(count.group(), SIZE, count.size());
        add(count.group(), ENTERING, count.entering());
        add(count.group(), LEAVING, count.leaving());
        count.enters().forEach(user -> name(enters, user));
        count.leaves().forEach(user -> name(leaves, user));
    }

    /** @param version that is tried out; the highest that any user has come to counts */
    void tries(int tried) {
        version = Math.max(version, tried);
    }

    /** A user has gone from one place to another. */
    void moves(String user, int group, int before, int after) {
        count(group, before, -1);
        count(group, after, 1);
        if (before == Tried.SHADOW) {
            enters.remove(user);
        } else if (before == Tried.LIVE) {
            leaves.remove(user);
        }
        if (after == Tried.SHADOW) {
            name(enters, user);
        } else if (after == Tried.LIVE) {
            name(leaves, user);
        }
    }

    private static void name(Set<String> named, String user) {
        if (named.size() < MOST_NAMED) {
            named.add(user);
        }
    }

    private void count(int group, int place, long by) {
        if ((place & Tried.SHADOW) != 0) {
            add(group, SIZE, by);
        }
        if (place == Tried.SHADOW) {
            add(group, ENTERING, by);
        } else if (place == Tried.LIVE) {
            add(group, LEAVING, by);
        }
    }

    private void add(int group, int what, long by) {
        byGroup.computeIfAbsent(group, any -> new long[3])[what] += by;
        all[what] += by;
    }

    int version() {
        return version;
    }

    long size() {
        return all[SIZE];
    }

    long entering() {
        return all[ENTERING];
    }

    long leaving() {
        return all[LEAVING];
    }

    List<String> enters() {
        return List.copyOf(enters);
    }

    List<String> leaves() {
        return List.copyOf(leaves);
    }

    /** Whether nobody is counted. */
    boolean isEmpty() {
        return all[SIZE] + all[LEAVING] == 0;
    }

    /** @param groupOf a user's key group */
    List<TrialCount> save(ToIntFunction<String> groupOf) {
        List<TrialCount> counts = new ArrayList<>();
        byGroup.forEach((group, count) -> counts.add(new TrialCount(
                segment,
                version,
                group,
                count[SIZE],
                count[ENTERING],
                count[LEAVING],
                of(group, enters, groupOf),
                of(group, leaves, groupOf))));
        return counts;
    }

    private static List<String> of(int group, Set<String> named, ToIntFunction<String> groupOf) {
        return named.stream().filter(user -> groupOf.applyAsInt(user) == group).toList();
    }
}
