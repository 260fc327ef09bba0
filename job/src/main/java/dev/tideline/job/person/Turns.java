package dev.tideline.job.person;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;

/**
 * The turns that a task still has to bring its users to.
 *
 * <p>Owns: the turns that are ahead, and those that came since a walk through all users last began; as many as rules change
 * meanwhile · Lifecycle: until a walk that began after a turn has come to all users. After a restart every task has those of
 * all tasks, for users may have gone from one to another; to bring somebody twice is of no harm · Never: who the users are.
 */
final class Turns {
    private final ListState<Turn> state;
    private final Set<Turn> open = new LinkedHashSet<>();

    Turns(OperatorStateStore store) throws Exception {
        state = store.getUnionListState(new ListStateDescriptor<>("turns", Turn.class));
        state.get().forEach(open::add);
    }

    void add(Turn turn) {
        open.add(turn);
    }

    /** Those that event time has come to. */
    List<Turn> due(long now) {
        return open.stream().filter(turn -> turn.at() <= now).toList();
    }

    /** All users have come to them. */
    void done(Collection<Turn> turns) {
        open.removeAll(turns);
    }

    /**
     * Up to where no user of this task needs to be told any more which rules held.
     *
     * @param now how far event time has come
     */
    long settled(long now) {
        long settled = now;
        for (Turn turn : open) {
            if (turn.at() > Long.MIN_VALUE) {
                settled = Math.min(settled, turn.at() - 1);
            }
        }
        return settled;
    }

    void save() throws Exception {
        state.update(List.copyOf(open));
    }
}
