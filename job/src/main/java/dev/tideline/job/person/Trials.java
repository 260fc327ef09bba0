package dev.tideline.job.person;

import dev.tideline.patterns.rule.SegmentRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * What the versions of segments that are tried out would change, as the users of a task stand. Counts are kept right by what
 * each user was last counted as, which is in the user's own state: whoever comes, goes or is erased.
 *
 * <p>Owns: for each segment tried out three numbers a key group, and the names of at most {@value Trial#MOST_NAMED} users each
 * way · Lifecycle: until nobody is under rules that try it out · Never: what users did.
 */
final class Trials {
    /** Where a user stands with a segment that is tried out under the rules that the user is under. */
    record Stand(SegmentRule rule, boolean live, boolean shadow) {
        int place() {
            return (live ? Tried.LIVE : 0) + (shadow ? Tried.SHADOW : 0);
        }
    }

    private final ListState<TrialCount> state;
    private final ToIntFunction<String> groupOf;
    private final Map<String, Trial> bySegment = new TreeMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    Trials(OperatorStateStore store, TaskInfo task) throws Exception {
        state = store.getUnionListState(new ListStateDescriptor<>("trials", TrialCount.class));
        int groups = task.getMaxNumberOfParallelSubtasks();
        groupOf = user -> KeyGroupRangeAssignment.assignToKeyGroup(user, groups);
        KeyGroupRange mine = KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                groups, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
        for (TrialCount count : state.get()) {
            if (mine.contains(count.group())) {
                trial(count.segment()).restore(count);
            }
            // After a restart everybody says what is there: nobody remembers what was said.
            changed.add(count.segment());
        }
    }

    private Trial trial(String segment) {
        return bySegment.computeIfAbsent(segment, Trial::new);
    }

    /**
     * A user's memberships, or the rules that the user is under, have changed.
     *
     * @param stands with each segment tried out
     * @param slot what the user was counted as
     */
    void take(String user, List<Stand> stands, Slot<Tried> slot) {
        if (stands.isEmpty() && bySegment.isEmpty()) {
            return;
        }
        Tried known = slot.get();
        Tried before = known == null ? Tried.NOWHERE : known;
        Map<String, Integer> after = new HashMap<>();
        for (Stand stand : stands) {
            String segment = stand.rule().id();
            if (stand.place() != 0) {
                after.put(segment, stand.place());
            }
            Trial trial = trial(segment);
            if (trial.version() < stand.rule().version()) {
                trial.tries(stand.rule().version());
                changed.add(segment);
            }
        }
        if (!after.equals(before.places())) {
            move(user, before, new Tried(after));
            slot.set(after.isEmpty() ? null : new Tried(after));
        }
        if (stands.isEmpty()) {
            bySegment.values().removeIf(Trial::isEmpty);
            changed.retainAll(bySegment.keySet());
        }
    }

    private void move(String user, Tried before, Tried after) {
        Set<String> segments = new LinkedHashSet<>(before.places().keySet());
        segments.addAll(after.places().keySet());
        for (String segment : segments) {
            if (before.place(segment) != after.place(segment)) {
                trial(segment).moves(user, groupOf.applyAsInt(user), before.place(segment), after.place(segment));
                changed.add(segment);
            }
        }
    }

    boolean haveChanged() {
        return !changed.isEmpty();
    }

    /** Those that have changed since this was last asked, by segment id. */
    Map<String, Trial> news() {
        Map<String, Trial> news = new TreeMap<>();
        changed.forEach(segment -> news.put(segment, trial(segment)));
        changed.clear();
        return news;
    }

    void save() throws Exception {
        List<TrialCount> counts = new ArrayList<>();
        bySegment.values().forEach(trial -> counts.addAll(trial.save(groupOf)));
        state.update(counts);
    }
}
