package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Level;

/** {@link SegmentState} as bytes; timestamps are distances from the one before, the first from the last instant. */
final class SegmentStateCodec {
    private static final Level[] LEVELS = Level.values();

    private SegmentStateCodec() {}

    static void write(SegmentState state, Packer out) {
        out.octet(SegmentState.FORMAT);
        out.octet(state.risk == null ? -1 : state.risk.ordinal());
        out.number(state.settledAt);
        out.number(state.settledAt - state.existsSince);
        out.natural(state.tallies.size());
        state.tallies.forEach(tally -> write(tally, state.settledAt, out));
        out.natural(state.profiles.size());
        for (int i = 0; i < state.profiles.size(); i++) {
            out.fixed(state.profiles.key(i));
        }
        out.natural(state.memberships.size());
        state.memberships.forEach((key, membership) -> write(key, membership, state.settledAt, out));
    }

    /** A tally has either a count or timestamps. */
    private static void write(Tally tally, long settledAt, Packer out) {
        out.fixed(tally.key);
        if (tally.size() == 0) {
            out.natural(tally.count << 1);
            return;
        }
        out.natural((long) tally.size() << 1 | 1);
        long before = settledAt;
        for (int i = tally.size() - 1; i >= 0; i--) {
            out.number(before - tally.time(i));
            before = tally.time(i);
        }
    }

    private static void write(String key, Membership membership, long settledAt, Packer out) {
        out.text(key);
        out.natural(membership.version);
        out.natural(membership.sequence << 1 | (membership.member ? 1 : 0));
        if (membership.member) {
            out.number(settledAt - membership.since);
        }
    }

    static SegmentState read(byte[] bytes) {
        try {
            return read(new Unpacker(bytes));
        } catch (IndexOutOfBoundsException cut) {
            throw new IllegalArgumentException("segment state of " + bytes.length + " bytes ends too early", cut);
        }
    }

    private static SegmentState read(Unpacker in) {
        int format = in.octet();
        if (format != SegmentState.FORMAT) {
            throw new IllegalArgumentException("segment state of format " + format + ", not " + SegmentState.FORMAT);
        }
        SegmentState state = new SegmentState("");
        int risk = in.octet();
        state.risk = risk < 0 ? null : LEVELS[risk];
        state.settledAt = in.number();
        state.existsSince = state.settledAt - in.number();
        int tallies = in.count();
        state.tallies.expect(tallies);
        for (int left = tallies; left > 0; left--) {
            state.tallies.put(tally(in, state.settledAt));
        }
        long[] profiles = new long[in.count()];
        for (int i = 0; i < profiles.length; i++) {
            profiles[i] = in.fixed();
        }
        state.profiles.set(profiles);
        for (int left = in.count(); left > 0; left--) {
            state.memberships.put(in.text(), membership(in, state.settledAt));
        }
        return state;
    }

    private static Tally tally(Unpacker in, long settledAt) {
        long key = in.fixed();
        long head = in.natural();
        if ((head & 1) == 0) {
            return new Tally(key, head >>> 1, new long[0]);
        }
        long[] times = new long[Math.toIntExact(head >>> 1)];
        long before = settledAt;
        for (int i = times.length - 1; i >= 0; i--) {
            before -= in.number();
            times[i] = before;
        }
        return new Tally(key, 0, times);
    }

    private static Membership membership(Unpacker in, long settledAt) {
        Membership membership = new Membership();
        membership.version = Math.toIntExact(in.natural());
        long standing = in.natural();
        membership.sequence = standing >>> 1;
        membership.member = (standing & 1) != 0;
        membership.since = membership.member ? settledAt - in.number() : 0;
        return membership;
    }
}
