package dev.tideline.job.person;

import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of a user while history is read for segments.
 *
 * @param base the user's segments just before what is kept of what they were shown since
 * @param from the instant of that (epoch milliseconds)
 * @param awaited what history says so far, by the revisions that wait for it
 * @param profile as history tells it
 * @param pass of the history that was last read
 * @param filled the pass that was over when this was last looked at
 * @param remembered whether history had any fact of the user
 * @param shown how much of what segments were shown is kept
 * @param overflowed whether that was too much, so that it is counted and no longer kept
 */
public record CatchUpState(
        byte[] base,
        long from,
        List<Awaited> awaited,
        ProfileState profile,
        long pass,
        long filled,
        boolean remembered,
        int shown,
        boolean overflowed) {

    /**
     * What history says for one revision.
     *
     * @param since what was taken before this instant (epoch milliseconds) does not count
     * @param until from this instant on the user is shown it as it comes
     * @param counted what was counted, as the segments' state; empty if nothing was
     * @param sequences partial matches; empty if there are none
     */
    public record Awaited(long number, long since, long until, byte[] counted, byte[] sequences) {
        static Awaited of(long number, long since, long until) {
            return new Awaited(number, since, until, new byte[0], new byte[0]);
        }

        /** The same, as if nothing had been read. */
        Awaited anew() {
            return of(number, since, until);
        }
    }

    static CatchUpState begin(byte[] base, long from, long filled) {
        return new CatchUpState(base, from, new ArrayList<>(), ProfileState.empty(), 0, filled, false, 0, false);
    }

    CatchUpState with(List<Awaited> now) {
        return new CatchUpState(base, from, new ArrayList<>(now), profile, pass, filled, remembered, shown, overflowed);
    }

    CatchUpState showing(int number) {
        return new CatchUpState(base, from, awaited, profile, pass, filled, remembered, number, overflowed);
    }

    CatchUpState reading(long ofPass, ProfileState now, boolean anything) {
        return new CatchUpState(base, from, awaited, now, ofPass, filled, anything, shown, overflowed);
    }

    /** Only counts from now on. */
    CatchUpState counting(List<Awaited> now) {
        return new CatchUpState(new byte[0], from, new ArrayList<>(now), profile, pass, filled, remembered, 0, true);
    }

    /** Goes on from another place. */
    CatchUpState goingOn(byte[] nowBase, long nowFrom, List<Awaited> left, int number, long nowFilled) {
        return new CatchUpState(
                nowBase,
                nowFrom,
                new ArrayList<>(left),
                ProfileState.empty(),
                pass,
                nowFilled,
                remembered,
                number,
                overflowed);
    }
}
