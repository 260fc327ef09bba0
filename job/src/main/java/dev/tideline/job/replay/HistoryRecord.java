package dev.tideline.job.replay;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Received;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A line of a history file, and where in time it belongs.
 *
 * @param at the instant by which it is ordered; {@link Instant#MIN} for what was refused, which has none
 * @param line from 1
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by its order only, and copied never.
record HistoryRecord(Channel channel, Instant at, long line, byte[] value) {
    /** In time order; of one instant consent first, then what is known of the user, then what happened. */
    static final Comparator<HistoryRecord> ORDER = Comparator.comparing(HistoryRecord::at)
            .thenComparingInt(record -> rank(record.channel()))
            .thenComparingLong(HistoryRecord::line);

    private static int rank(Channel channel) {
        return switch (channel) {
            case RULES -> 0;
            case PRIVACY -> 1;
            case PROFILES -> 2;
            case EVENTS -> 3;
            case ACTIONS -> 4;
        };
    }

    Received received(Instant receivedAt) {
        return new Received(HistoryFile.of(channel).fileName(), 0, line, null, value, millis(), receivedAt);
    }

    private long millis() {
        return at.equals(Instant.MIN) ? 0 : at.toEpochMilli();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(channel.ordinal());
        out.writeLong(at.getEpochSecond());
        out.writeInt(at.getNano());
        out.writeLong(line);
        out.writeInt(value.length);
        out.write(value);
    }

    /** The next record, or null at the end. */
    static @Nullable HistoryRecord read(DataInputStream in) throws IOException {
        int ordinal;
        try {
            ordinal = in.readUnsignedByte();
        } catch (EOFException e) {
            return null;
        }
        Instant at = Instant.ofEpochSecond(in.readLong(), in.readInt());
        long line = in.readLong();
        byte[] value = new byte[in.readInt()];
        in.readFully(value);
        return new HistoryRecord(Channel.values()[ordinal], at, line, value);
    }
}
