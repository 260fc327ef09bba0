package dev.tideline.job.replay;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Received;
import java.io.DataInputStream;
import java.io.DataOutputStream;
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
    private static final Comparator<HistoryRecord> ORDER = Comparator.comparing(HistoryRecord::at)
            .thenComparingInt(record -> rank(record.channel()))
            .thenComparingLong(HistoryRecord::line);

    private static final int OVERHEAD = 96;

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
        return new Received(HistoryFile.of(channel).fileName(), 0, line, null, value, 0, receivedAt);
    }

    /** How history stands in a file. */
    static final Codec<HistoryRecord> CODEC = new Codec<>() {
        @Override
        public Comparator<HistoryRecord> order() {
            return ORDER;
        }

        @Override
        public long size(HistoryRecord record) {
            return record.value.length + OVERHEAD;
        }

        @Override
        public void write(HistoryRecord record, DataOutputStream out) throws IOException {
            out.writeByte(record.channel.ordinal());
            out.writeLong(record.at.getEpochSecond());
            out.writeInt(record.at.getNano());
            out.writeLong(record.line);
            out.writeInt(record.value.length);
            out.write(record.value);
        }

        @Override
        public @Nullable HistoryRecord read(DataInputStream in) throws IOException {
            int ordinal = in.read();
            if (ordinal < 0) {
                return null;
            }
            Instant at = Instant.ofEpochSecond(in.readLong(), in.readInt());
            long line = in.readLong();
            byte[] value = new byte[in.readInt()];
            in.readFully(value);
            return new HistoryRecord(Channel.values()[ordinal], at, line, value);
        }
    };
}
