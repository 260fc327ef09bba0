package dev.tideline.job.replay;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file as bytes: they end in LF or CRLF, and a byte-order mark at the start is skipped. A line longer than
 * {@link #LONGEST} is cut there, which is still too long to be accepted.
 */
final class Lines implements Closeable {
    static final int LONGEST = 2 << 20;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 18];
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream(1 << 10);
    private int position;
    private int limit;
    private long number;
    private long filled;

    Lines(InputStream in) {
        this.in = in;
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /** So many bytes of the file were taken. */
    long takenBytes() {
        return filled - (limit - position);
    }

    /** The next line without its end, or null when there are no more. */
    byte @Nullable [] next() throws IOException {
        begun.reset();
        boolean any = false;
        while (fill()) {
            any = true;
            int from = position;
            int end = from;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            boolean ended = end < limit;
            position = ended ? end + 1 : end;
            if (ended && begun.size() == 0 && end - from <= LONGEST) {
                number++;
                return trimmed(buffer, from, end);
            }
            begun.write(buffer, from, Math.max(0, Math.min(end - from, LONGEST - begun.size())));
            if (ended) {
                break;
            }
        }
        if (!any) {
            return null;
        }
        number++;
        byte[] line = begun.toByteArray();
        return trimmed(line, 0, line.length);
    }

    private boolean fill() throws IOException {
        if (position < limit) {
            return true;
        }
        limit = Math.max(0, in.read(buffer));
        filled += limit;
        position = 0;
        return limit > 0;
    }

    private byte[] trimmed(byte[] bytes, int start, int end) {
        int from = number == 1 && startsWithMark(bytes, start, end) ? start + MARK.length : start;
        int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static boolean startsWithMark(byte[] bytes, int from, int to) {
        return Arrays.equals(bytes, from, Math.min(to, from + MARK.length), MARK, 0, MARK.length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
