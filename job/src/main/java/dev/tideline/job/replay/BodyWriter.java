package dev.tideline.job.replay;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts fields one after the other into bytes; used again for the next record. */
final class BodyWriter {
    private byte[] bytes = new byte[512];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** A UUID in lower case as 16 bytes, which are in the order of its text. */
    void uuid(String uuid) {
        room(16);
        for (int at = 0; at < uuid.length(); at++) {
            if (uuid.charAt(at) != '-') {
                bytes[length++] = (byte) (digit(uuid.charAt(at++)) << 4 | digit(uuid.charAt(at)));
            }
        }
    }

    private static int digit(char hex) {
        return hex <= '9' ? hex - '0' : hex - 'a' + 10;
    }

    /** Not negative; small ones are short. */
    void number(int number) {
        room(5);
        int rest = number;
        while (rest > 0x7F) {
            bytes[length++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        put(encoded);
    }

    void optionalText(@Nullable String text) {
        if (text == null) {
            number(0);
            return;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        number(encoded.length + 1);
        put(encoded);
    }

    private void put(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
