package dev.tideline.patterns.sequence;

import java.util.List;

/**
 * What came of a fact, or of time alone.
 *
 * @param matches in the order of their time, of equal times by the sequence's key and version
 * @param losses sequences that lost their partial matches of this user, which a host should count and tell
 */
public record Outcome(List<Match> matches, List<Loss> losses) {

    /** Nothing came of it. */
    public static final Outcome NOTHING = new Outcome(List.of(), List.of());

    /**
     * A sequence lost its partial matches of this user. Other sequences and other users lost nothing.
     *
     * @param dropped how many partial matches were lost
     */
    public record Loss(String key, int version, int dropped, Reason reason) {}

    /** Why partial matches were lost. */
    public enum Reason {
        /**
         * There were more than the bound allows: the sequence is stopped for this user until its {@code within} has passed.
         * Then it may begin anew, for a crisis that is missed for good is the worst failure, and a user's state must not
         * remember for ever.
         */
        STOPPED,
        /** Flink CEP failed on it; it is not looked for any more, for any user, until the rules change or the job restarts. */
        BROKEN
    }
}
