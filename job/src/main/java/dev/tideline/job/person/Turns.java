package dev.tideline.job.person;

import dev.tideline.job.rules.RuleRevision;
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
 * <p>Owns: the number of a pass, and the turns that are ahead, and those that came since a walk through all users last began; as many as rules change
 * meanwhile · Lifecycle: until a walk that began after a turn has come to all users. After a restart every task has those of
 * all tasks, for users may have gone from one to another; to bring somebody twice is of no harm · Never: who the users are.
 */
final class Turns {
    private final ListState<Turn> state;
    private final ListState<Long> filledState;
    private final Set<Turn> open = new LinkedHashSet<>();
    private long filled;

    Turns(OperatorStateStore store) throws Exception {
        state = store.getUnionListState(new ListStateDescriptor<>("turns", Turn.class));
        state.get().forEach(open::add);
        filledState = store.getUnionListState(new ListStateDescriptor<>("filled", Long.class));
        long least = Long.MAX_VALUE;
        for (long pass : filledState.get()) {
            least = Math.min(least, pass);
        }
        filled = least == Long.MAX_VALUE ? 0 : least;
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
        for (Turn turn : turns) {
            if (turn.kind() == RuleRevision.Kind.FILLED) {
                filled = Math.max(filled, turn.number());
            }
        }
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

    /** The last pass through history of which all users have been shown what was read; 0 if there was none. */
    long filled() {
        return filled;
    }

    void save() throws Exception {
        filledState.update(List.of(filled));
        state.update(List.copyOf(open));
    }
}
