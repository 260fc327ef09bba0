package dev.tideline.job.worlds;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What bears an instant of one user's, after repeats, erasure and sessions: one of {@link What}. */
record Stride(long place, int rank, String tie, Instant at, What what) {
    static final int PRIVACY = 1;
    static final int PROFILE = 2;
    static final int SESSION = 3;
    static final int EVENT = 4;

    /** The kinds. */
    sealed interface What {}

    /**
     * An event, and what stands for it, in order.
     *
     * @param alarm the level that a pattern finds in it; empty for none
     */
    record Facts(List<Sight> facts, String alarm) implements What {}

    /** A session that closes. */
    record Closed(Sight session, long start) implements What {}

    /** A profile patch. */
    record Patch(Map<String, String> fields) implements What {}

    /** What is allowed from now on. */
    record Consent(Set<String> purposes) implements What {}

    /** All is forgotten. */
    record Erasure() implements What {}
}
