package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Level;
import org.jspecify.annotations.Nullable;

/**
 * All that segments need to know of one user. Not safe for use by several threads.
 *
 * <p>Owns: per leaf at most as many timestamps as the rules ask for, one bit per profile question, and per segment that the
 * user ever entered a counter · Lifecycle: timestamps go when they no longer count, leaves when no rule names them any more,
 * the rest with the user · Never: what a fact said.
 */
public final class SegmentState {
    /** How {@link #toBytes} writes; raised whenever that changes. Other formats are refused. */
    public static final int FORMAT = 2;

    static final long NO_TIME = Long.MIN_VALUE;

    /** Who it is; empty until the host says so. Not stored: the key of the host's state tells. */
    String user;

    /** Since when the user exists, in epoch milliseconds; {@link #NO_TIME} before. */
    long existsSince = NO_TIME;

    /** The latest instant that was evaluated. */
    long settledAt = NO_TIME;

    @Nullable
    Level risk;

    final Tallies tallies;

    final Answers profiles;

    final Memberships memberships;

    /** The rules that the tallies' instants and the members' numbers follow; not stored. */
    long bound;

    /** Whether there may be memberships of segments that the engine does not have; not stored. */
    boolean mayHoldWhatIsGone;

    /** A user of whom nothing is known yet. */
    public SegmentState(String user) {
        this(user, new Tallies(), new Answers(), new Memberships());
    }

    private SegmentState(String user, Tallies tallies, Answers profiles, Memberships memberships) {
        this.user = user;
        this.tallies = tallies;
        this.profiles = profiles;
        this.memberships = memberships;
    }

    /** Reads what {@link #toBytes} wrote. */
    public static SegmentState fromBytes(String user, byte[] bytes) {
        return SegmentStateCodec.read(bytes).of(user);
    }

    /** The whole state as one compact value. Between {@code open} and {@code settle} there is more than this holds. */
    public byte[] toBytes() {
        Packer packer = new Packer();
        SegmentStateCodec.write(this, packer);
        return packer.toBytes();
    }

    /** Says whose state this is, which {@link #toBytes} does not keep. */
    public SegmentState of(String name) {
        user = name;
        return this;
    }

    /** After tallies or memberships were put in or taken out by hand: the next engine looks at all of them. */
    void unbind() {
        bound = 0;
    }

    /** Another one that says the same, and goes its own way from now on. */
    public SegmentState copy() {
        SegmentState copy = new SegmentState(user, tallies.copy(), profiles.copy(), memberships.copy());
        copy.existsSince = existsSince;
        copy.settledAt = settledAt;
        copy.risk = risk;
        copy.bound = bound;
        copy.mayHoldWhatIsGone = mayHoldWhatIsGone;
        return copy;
    }

    /** Whether the user had an event or a profile yet. */
    public boolean exists() {
        return existsSince != NO_TIME;
    }

    /** Whether the user is in the version of the segment that is tried out. */
    public boolean isTried(String segment) {
        return isMember(CompiledSegment.SHADOW + segment);
    }

    /** Whether the user is in the live segment. */
    public boolean isMember(String segment) {
        return memberships.isIn(segment);
    }
}
