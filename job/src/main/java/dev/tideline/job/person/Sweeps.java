package dev.tideline.job.person;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.jspecify.annotations.Nullable;

/**
 * Brings all users of a task to what changes for everybody: a segment that somebody enters or leaves without any event, the
 * end of a rule. A slice of them at a time, with pauses in which events, watermarks and checkpoints pass; a change that comes
 * meanwhile, and any number of them, makes for one more walk after this one.
 *
 * <p>Owns: the walk that is under way, and where it has got to · Lifecycle: after a restart it begins anew, as long as
 * {@link Turns} has any · Never: holds up anything for longer than a slice, but at the end of the input.
 */
final class Sweeps implements AutoCloseable {
    private static final long TOLD_EVERY_MILLIS = 1_000;

    /**
     * How much is done at a time.
     *
     * @param users at most so many in a slice; at least 1
     * @param workMillis a slice ends after so long; the user at hand is brought to the end
     * @param pauseMillis between slices
     */
    record Pace(int users, long workMillis, long pauseMillis) implements Serializable {
        /** Half of the time for those who are swept, half for all that comes meanwhile. */
        static final Pace OF_A_JOB = new Pace(1_000, 5, 5);
    }

    /** What a walk asks of the task. */
    interface Host extends Sweep.Guide {
        /** Up to where users can be brought (epoch milliseconds). */
        long now();

        /** A walk has begun, has got on, or is through. Told at most once a second, and always when it is through. */
        void told(Sweep sweep, boolean through);
    }

    private final Pace pace;
    private final Turns turns;
    private final Users users;
    private final ProcessingTimeService clock;
    private final Host host;
    private @Nullable Sweep sweep;
    private boolean waits;
    private long toldAt;

    Sweeps(Pace pace, Turns turns, Users users, ProcessingTimeService clock, Host host) {
        this.pace = pace;
        this.turns = turns;
        this.users = users;
        this.clock = clock;
        this.host = host;
    }

    /** Rules or event time have changed: sees to it that what is due by now is done soon. */
    void look() {
        if (!waits && (sweep != null || !turns.due(host.now()).isEmpty())) {
            waits = true;
            clock.registerTimer(clock.getCurrentProcessingTime() + pace.pauseMillis(), time -> slice());
        }
    }

    private void slice() throws Exception {
        waits = false;
        long end = clock.getCurrentProcessingTime() + pace.workMillis();
        Sweep walk = sweep == null ? begin() : sweep;
        boolean more = true;
        for (int i = 0; more && i < pace.users() && (i == 0 || clock.getCurrentProcessingTime() < end); i++) {
            more = walk.step(host);
        }
        if (!more) {
            end(walk);
        } else {
            tell(walk);
        }
        look();
    }

    private void tell(Sweep walk) {
        long now = clock.getCurrentProcessingTime();
        if (walk.isCounted() && now >= toldAt + TOLD_EVERY_MILLIS) {
            toldAt = now;
            host.told(walk, false);
        }
    }

    private Sweep begin() {
        Sweep walk = new Sweep(users, turns.due(host.now()));
        sweep = walk;
        toldAt = Long.MIN_VALUE / 2;
        return walk;
    }

    private void end(Sweep walk) {
        users.close();
        turns.done(walk.turns());
        sweep = null;
        host.told(walk, true);
    }

    /** The input has ended: brings everybody to the end, however long it takes. */
    void finish() throws Exception {
        List<Turn> due = turns.due(host.now());
        if (due.isEmpty()) {
            return;
        }
        Sweep walk = begin();
        boolean more = true;
        while (more) {
            more = walk.step(host);
        }
        end(walk);
    }

    @Override
    public void close() {
        users.close();
        sweep = null;
    }
}
