package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Level;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** {@link SegmentState} as bytes: numbers in groups of seven bits, timestamps as distances from the one before. */
final class SegmentStateCodec {
    private static final int FORMAT = 1;

    private SegmentStateCodec() {}

    static byte[] write(SegmentState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            writeLong(out, state.existsSince);
            writeLong(out, state.settledAt);
            out.writeByte(state.risk == null ? -1 : state.risk.ordinal());
            writeTallies(out, state);
            writeLong(out, state.profiles.size());
            for (long profile : state.profiles) {
                out.writeLong(profile);
            }
            writeMemberships(out, state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static SegmentState read(String user, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException("segment state of format " + format + ", not " + FORMAT);
            }
            SegmentState state = new SegmentState(user);
            state.existsSince = readLong(in);
            state.settledAt = readLong(in);
            int risk = in.readByte();
            state.risk = risk < 0 ? null : Level.values()[risk];
            readTallies(in, state);
            for (long left = readLong(in); left > 0; left--) {
                state.profiles.add(in.readLong());
            }
            readMemberships(in, state);
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException("segment state of " + bytes.length + " bytes ends too early", e);
        }
    }

    private static void writeTallies(DataOutputStream out, SegmentState state) throws IOException {
        writeLong(out, state.tallies.size());
        for (Map.Entry<Long, Tally> entry : state.tallies.entrySet()) {
            Tally tally = entry.getValue();
            out.writeLong(entry.getKey());
            writeLong(out, tally.count);
            writeLong(out, tally.times.length);
            long before = 0;
            for (long time : tally.times) {
                writeLong(out, time - before);
                before = time;
            }
        }
    }

    private static void readTallies(DataInputStream in, SegmentState state) throws IOException {
        for (long left = readLong(in); left > 0; left--) {
            Tally tally = new Tally();
            state.tallies.put(in.readLong(), tally);
            tally.count = readLong(in);
            tally.times = new long[Math.toIntExact(readLong(in))];
            long before = 0;
            for (int i = 0; i < tally.times.length; i++) {
                before += readLong(in);
                tally.times[i] = before;
            }
        }
    }

    private static void writeMemberships(DataOutputStream out, SegmentState state) throws IOException {
        writeLong(out, state.memberships.size());
        for (Map.Entry<String, Membership> entry : state.memberships.entrySet()) {
            Membership membership = entry.getValue();
            out.writeUTF(entry.getKey());
            writeLong(out, membership.version);
            out.writeBoolean(membership.member);
            writeLong(out, membership.since);
            writeLong(out, membership.sequence);
        }
    }

    private static void readMemberships(DataInputStream in, SegmentState state) throws IOException {
        for (long left = readLong(in); left > 0; left--) {
            Membership membership = new Membership();
            state.memberships.put(in.readUTF(), membership);
            membership.version = Math.toIntExact(readLong(in));
            membership.member = in.readBoolean();
            membership.since = readLong(in);
            membership.sequence = readLong(in);
        }
    }

    /** Seven bits a byte, lowest first; small numbers of either sign are short. */
    private static void writeLong(DataOutputStream out, long number) throws IOException {
        long rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static long readLong(DataInputStream in) throws IOException {
        long bits = 0;
        int part = 0x80;
        for (int shift = 0; (part & 0x80) != 0; shift += 7) {
            part = in.readByte();
            bits |= (long) (part & 0x7F) << shift;
        }
        return (bits >>> 1) ^ -(bits & 1);
    }
}
