package dev.tideline.patterns.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes bytes one after the other: numbers in groups of seven bits, lowest first. */
final class Packer {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int MOST_OF_A_NUMBER = 10;

    private byte[] bytes = new byte[256];
    private int length;

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    void octet(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    /** Eight bytes. */
    void fixed(long value) {
        room(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /** A number of 0 or more; a negative one takes ten bytes. */
    void natural(long number) {
        room(MOST_OF_A_NUMBER);
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** A number that is seldom far from zero. */
    void number(long number) {
        natural((number << 1) ^ (number >> 63));
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        natural(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
