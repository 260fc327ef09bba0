package dev.tideline.patterns.segment;

import java.nio.charset.StandardCharsets;

/** Reads what {@link Packer} wrote, in the same order. */
final class Unpacker {
    private final byte[] bytes;
    private int position;

    Unpacker(byte[] bytes) {
        this.bytes = bytes;
    }

    int octet() {
        return bytes[position++];
    }

    long fixed() {
        long value = (long) Packer.LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    long natural() {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = bytes[position++];
            number |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return number;
            }
        }
    }

    long number() {
        long natural = natural();
        return (natural >>> 1) ^ -(natural & 1);
    }

    int count() {
        long count = natural();
        if (count < 0 || count > bytes.length) {
            throw new IllegalArgumentException("a count of " + count + " in " + bytes.length + " bytes");
        }
        return (int) count;
    }

    String text() {
        int length = count();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }
}
