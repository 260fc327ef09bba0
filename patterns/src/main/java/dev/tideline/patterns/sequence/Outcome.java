package dev.tideline.patterns.sequence;

import java.util.List;

/**
 * What came of a fact, or of time alone.
 *
 * @param matches in the order of their time, of equal times by the sequence's key
 * @param overflows sequences that lost their partial matches of this user because there were too many
 */
public record Outcome(List<Match> matches, List<Overflow> overflows) {

    /** Nothing came of it. */
    public static final Outcome NOTHING = new Outcome(List.of(), List.of());

    /**
     * A sequence went over its bound, and begins anew for this user.
     *
     * @param dropped how many partial matches were lost
     */
    public record Overflow(String key, int version, int dropped) {}
}
