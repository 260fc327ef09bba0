package dev.tideline.patterns.segment;

/** Where a user stands with one segment. Kept after the user has left, or the sequence would begin anew. */
final class Membership {
    /** The version of the rule that was last in force. */
    int version;

    boolean member;

    /** When the present membership began; means nothing without one. */
    long since;

    /** How many changes there were. */
    long sequence;

    Membership copy() {
        Membership copy = new Membership();
        copy.version = version;
        copy.member = member;
        copy.since = since;
        copy.sequence = sequence;
        return copy;
    }
}
