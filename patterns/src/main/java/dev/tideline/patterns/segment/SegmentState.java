package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that segments need to know of one user. Not safe for use by several threads.
 *
 * <p>Owns: per leaf at most as many timestamps as the rules ask for, one bit per profile question, and per segment that the
 * user ever entered a counter · Lifecycle: timestamps go when they no longer count, leaves when no rule names them any more,
 * the rest with the user · Never: what a fact said.
 */
public final class SegmentState {
    static final long NO_TIME = Long.MIN_VALUE;

    final String user;

    /** Since when the user exists, in epoch milliseconds; {@link #NO_TIME} before. */
    long existsSince = NO_TIME;

    /** The latest instant that was evaluated. */
    long settledAt = NO_TIME;

    @Nullable
    Level risk;

    final Map<Long, Tally> tallies = new HashMap<>();

    /** The profile questions whose answer is yes. */
    final Set<Long> profiles = new HashSet<>();

    final Map<String, Membership> memberships = new TreeMap<>();

    /** The engine whose thresholds the tallies' due instants follow; not stored. */
    @Nullable
    SegmentEngine engine;

    /** Whether there may be memberships of segments that the engine does not have; not stored. */
    boolean mayHoldWhatIsGone;

    /** A user of whom nothing is known yet. */
    public SegmentState(String user) {
        this.user = user;
    }

    /** Reads what {@link #toBytes} wrote. */
    public static SegmentState fromBytes(String user, byte[] bytes) {
        return SegmentStateCodec.read(user, bytes);
    }

    /** The whole state as one compact value. Between {@code open} and {@code settle} there is more than this holds. */
    public byte[] toBytes() {
        return SegmentStateCodec.write(this);
    }

    /** Whether the user had an event or a profile yet. */
    public boolean exists() {
        return existsSince != NO_TIME;
    }

    /** Whether the user is in the live segment. */
    public boolean isMember(String segment) {
        return isIn(segment);
    }

    boolean isIn(String stateKey) {
        Membership membership = memberships.get(stateKey);
        return membership != null && membership.member;
    }
}
