package dev.tideline.job.person;

import java.util.List;

/**
 * One walk through all users of a task, to bring each to the turns that were due when it began. Who has come there already
 * costs no more than a look. For one thread.
 */
final class Sweep {
    /** To count a user costs so much less than to bring one. */
    private static final int COUNTED_AT_ONCE = 64;

    /** Brings a user to where event time is. */
    interface Guide {
        void bring(String user) throws Exception;
    }

    private final Users users;
    private final List<Turn> turns;
    private boolean counting;
    private long done;
    private long all;

    Sweep(Users users, List<Turn> turns) {
        this.users = users;
        this.turns = List.copyOf(turns);
        all = users.begin();
        counting = all < 0;
        if (counting) {
            all = 0;
        }
    }

    /** The turns that everybody has come to once this is done. */
    List<Turn> turns() {
        return turns;
    }

    /**
     * Goes one step on: brings a user, or counts some where nobody knows how many there are.
     *
     * @return whether more is to be done
     */
    boolean step(Guide guide) throws Exception {
        if (counting) {
            count();
            return true;
        }
        if (users.hasNext()) {
            guide.bring(users.next());
            done++;
        }
        return users.hasNext();
    }

    private void count() {
        for (int i = 0; i < COUNTED_AT_ONCE && users.hasNext(); i++) {
            users.next();
            all++;
        }
        if (!users.hasNext()) {
            users.begin();
            counting = false;
        }
    }

    /** How many were brought. */
    long done() {
        return done;
    }

    /** Whether it is known how many there are. */
    boolean isCounted() {
        return !counting;
    }

    /** How many there are; they may be a few more than were counted. */
    long all() {
        return Math.max(all, done);
    }
}
