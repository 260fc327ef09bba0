package dev.tideline.job.replay;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A line of an output file, and the key that it is ordered by.
 *
 * @param key compared as text
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by its key only, and copied never.
record OutputLine(String key, byte[] line) {
    private static final int OVERHEAD = 96;
    private static final int DIGITS = 20;

    /** How output stands in a file until it is sorted. */
    static final Codec<OutputLine> CODEC = new Codec<>() {
        @Override
        public Comparator<OutputLine> order() {
            return Comparator.comparing(OutputLine::key);
        }

        @Override
        public long size(OutputLine line) {
            return line.line.length + 2L * line.key.length() + OVERHEAD;
        }

        @Override
        public void write(OutputLine line, DataOutputStream out) throws IOException {
            out.writeUTF(line.key);
            out.writeInt(line.line.length);
            out.write(line.line);
        }

        @Override
        public @Nullable OutputLine read(DataInputStream in) throws IOException {
            String key;
            try {
                key = in.readUTF();
            } catch (EOFException e) {
                return null;
            }
            byte[] line = new byte[in.readInt()];
            in.readFully(line);
            return new OutputLine(key, line);
        }
    };

    /** A key that orders instants of any century as text. */
    static String instant(java.time.Instant at) {
        String digits = Long.toString(Math.addExact(at.toEpochMilli(), 1L << 50));
        return "0".repeat(DIGITS - digits.length()) + digits;
    }
}
