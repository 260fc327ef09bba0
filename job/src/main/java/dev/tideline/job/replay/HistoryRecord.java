package dev.tideline.job.replay;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Received;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a line of a history says, and where in time it belongs. Everything that it is ordered by comes from what it says, so that
 * the order of the lines does not matter.
 *
 * @param at the instant by which it is ordered; {@link Instant#MIN} for what was refused, which has none
 * @param line from 1, for what is judged by its line once more: rules, and what was refused; else 0
 * @param body as {@link ArrivalCodec} writes it; the line itself where {@code line} is not 0
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by its order only, and copied never.
record HistoryRecord(Channel channel, Instant at, long line, byte[] body) {
    /** In time order; of one instant consent first, then what is known of the user, then what happened, by its id. */
    static final Comparator<HistoryRecord> ORDER = HistoryRecord::compare;

    private static final int OVERHEAD = 96;
    private static final Channel[] CHANNELS = Channel.values();

    private static int compare(HistoryRecord one, HistoryRecord other) {
        int order = one.at.compareTo(other.at);
        if (order == 0) {
            order = Integer.compare(rank(one.channel), rank(other.channel));
        }
        if (order == 0) {
            order = Long.compare(one.line, other.line);
        }
        return order == 0 ? Arrays.compareUnsigned(one.body, other.body) : order;
    }

    private static int rank(Channel channel) {
        return switch (channel) {
            case RULES -> 0;
            case PRIVACY -> 1;
            case PROFILES -> 2;
            case EVENTS -> 3;
            case ACTIONS -> 4;
        };
    }

    boolean refused() {
        return at.equals(Instant.MIN);
    }

    /** The line as it came, for what is judged by it. */
    Received received(Instant receivedAt) {
        return new Received(HistoryFile.of(channel).fileName(), 0, line, null, body, 0, receivedAt);
    }

    /** How history stands in a file. */
    static final Codec<HistoryRecord> CODEC = new Codec<>() {
        @Override
        public Comparator<HistoryRecord> order() {
            return ORDER;
        }

        @Override
        public long size(HistoryRecord record) {
            return record.body.length + OVERHEAD;
        }

        @Override
        public void write(HistoryRecord record, DataOutputStream out) throws IOException {
            out.writeByte(record.channel.ordinal());
            out.writeLong(record.at.getEpochSecond());
            out.writeInt(record.at.getNano());
            out.writeLong(record.line);
            out.writeInt(record.body.length);
            out.write(record.body);
        }

        @Override
        public @Nullable HistoryRecord read(DataInputStream in) throws IOException {
            int ordinal = in.read();
            if (ordinal < 0) {
                return null;
            }
            Instant at = Instant.ofEpochSecond(in.readLong(), in.readInt());
            long line = in.readLong();
            byte[] body = new byte[in.readInt()];
            in.readFully(body);
            return new HistoryRecord(CHANNELS[ordinal], at, line, body);
        }
    };
}
