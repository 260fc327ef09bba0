package dev.tideline.job.ingest;

import dev.tideline.patterns.fact.DeadLetter.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bytes that are well-formed UTF-8 without NUL: table 3-7 of The Unicode Standard (no overlong form, no surrogate,
 * nothing above U+10FFFF). JSON parsers, Jackson's too, let some of these pass.
 */
final class StrictUtf8 {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;

    private StrictUtf8() {}

    /** Refuses what is not well-formed, or holds a NUL; whichever comes first in the bytes. */
    static void check(byte[] bytes) throws RefusedException {
        int at = 0;
        while (at < bytes.length) {
            at = skipPlain(bytes, at);
            if (at == bytes.length) {
                return;
            }
            if (bytes[at] == 0) {
                throw new RefusedException(Reason.FORBIDDEN_CHARACTER, null, "A NUL stands at byte " + at + ".");
            }
            int length = bytes[at] > 0 ? 1 : sequenceLength(bytes, at);
            if (length == 0) {
                throw new RefusedException(Reason.NOT_UTF8, null, "Not well-formed UTF-8 at byte " + at + ".");
            }
            at += length;
        }
    }

    /** Goes over eight bytes at a time while all of them are ASCII and none is NUL. */
    private static int skipPlain(byte[] bytes, int from) {
        int at = from;
        while (at + Long.BYTES <= bytes.length) {
            long word = (long) EIGHT_BYTES.get(bytes, at);
            long zeroes = (word - LOW_BITS) & ~word;
            if (((word | zeroes) & HIGH_BITS) != 0) {
                break;
            }
            at += Long.BYTES;
        }
        while (at < bytes.length && bytes[at] > 0) {
            at++;
        }
        return at;
    }

    /** Length of the sequence that starts with a byte above 0x7F; 0 if it is malformed. */
    private static int sequenceLength(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        if (first >= 0xC2 && first <= 0xDF) {
            return continues(bytes, at + 1, 0x80, 0xBF) ? 2 : 0;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            int lowest = first == 0xE0 ? 0xA0 : 0x80;
            int highest = first == 0xED ? 0x9F : 0xBF;
            return continues(bytes, at + 1, lowest, highest) && continues(bytes, at + 2, 0x80, 0xBF) ? 3 : 0;
        }
        if (first >= 0xF0 && first <= 0xF4) {
            int lowest = first == 0xF0 ? 0x90 : 0x80;
            int highest = first == 0xF4 ? 0x8F : 0xBF;
            return continues(bytes, at + 1, lowest, highest)
                            && continues(bytes, at + 2, 0x80, 0xBF)
                            && continues(bytes, at + 3, 0x80, 0xBF)
                    ? 4
                    : 0;
        }
        return 0;
    }

    private static boolean continues(byte[] bytes, int at, int lowest, int highest) {
        if (at >= bytes.length) {
            return false;
        }
        int value = bytes[at] & 0xFF;
        return value >= lowest && value <= highest;
    }
}
