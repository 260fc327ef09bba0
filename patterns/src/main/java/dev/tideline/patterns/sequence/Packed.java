package dev.tideline.patterns.sequence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Numbers in groups of seven bits, the sign last; text with its length in front; what may be missing behind a mask of bits. */
final class Packed {
    private Packed() {}

    /** A number that is seldom negative, or far from zero. */
    static void writeNumber(DataOutputView out, long number) throws IOException {
        writeNatural(out, number << 1 ^ number >> 63);
    }

    static long readNumber(DataInputView in) throws IOException {
        long natural = readNatural(in);
        return natural >>> 1 ^ -(natural & 1);
    }

    /** A number of 0 or more; a negative one takes ten bytes. */
    static void writeNatural(DataOutputView out, long number) throws IOException {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    static long readNatural(DataInputView in) throws IOException {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte part = in.readByte();
            number |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return number;
            }
        }
        throw new IOException("a number of more than ten bytes");
    }

    /** A natural number that must be an int, such as a length. */
    static int readCount(DataInputView in) throws IOException {
        long count = readNatural(in);
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw new IOException("a count of " + count);
        }
        return (int) count;
    }

    /** Any text, even one that is no valid Unicode; a byte a character where none is beyond Latin-1. */
    static void writeText(DataOutputView out, String text) throws IOException {
        boolean narrow = narrow(text);
        writeNatural(out, (long) text.length() << 1 | (narrow ? 0 : 1));
        if (narrow) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } else {
            for (int i = 0; i < text.length(); i++) {
                writeNatural(out, text.charAt(i));
            }
        }
    }

    private static boolean narrow(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }

    static String readText(DataInputView in) throws IOException {
        int head = readCount(in);
        int length = head >>> 1;
        if ((head & 1) == 0) {
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        char[] letters = new char[length];
        for (int i = 0; i < length; i++) {
            letters[i] = (char) readNatural(in);
        }
        return new String(letters);
    }

    static void writeTexts(DataOutputView out, List<String> texts) throws IOException {
        writeNatural(out, texts.size());
        for (String text : texts) {
            writeText(out, text);
        }
    }

    static List<String> readTexts(DataInputView in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = readCount(in); left > 0; left--) {
            texts.add(readText(in));
        }
        return List.copyOf(texts);
    }

    static void writeReals(DataOutputView out, List<Double> reals) throws IOException {
        writeNatural(out, reals.size());
        for (double real : reals) {
            out.writeDouble(real);
        }
    }

    static List<Double> readReals(DataInputView in) throws IOException {
        List<Double> reals = new ArrayList<>();
        for (int left = readCount(in); left > 0; left--) {
            reals.add(in.readDouble());
        }
        return List.copyOf(reals);
    }

    /** Values that may be missing: a mask, then those that are there. Each is a Double, an Integer, a Boolean or a String. */
    static void writeOptional(DataOutputView out, @Nullable Object... values) throws IOException {
        long mask = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                mask |= 1L << i;
            }
        }
        writeNatural(out, mask);
        for (Object value : values) {
            if (value instanceof Double real) {
                out.writeDouble(real);
            } else if (value instanceof Integer whole) {
                writeNumber(out, whole);
            } else if (value instanceof Boolean flag) {
                out.writeBoolean(flag);
            } else if (value instanceof String text) {
                writeText(out, text);
            } else if (value != null) {
                throw new IOException("no form for " + value.getClass());
            }
        }
    }

    /** Reads what {@link #writeOptional} wrote, in the same order. */
    static final class Optionals {
        private final DataInputView in;
        private long mask;

        Optionals(DataInputView in) throws IOException {
            this.in = in;
            this.mask = readNatural(in);
        }

        private boolean next() {
            boolean there = (mask & 1) != 0;
            mask >>>= 1;
            return there;
        }

        @Nullable
        Double real() throws IOException {
            return next() ? Double.valueOf(in.readDouble()) : null;
        }

        @Nullable
        Integer whole() throws IOException {
            return next() ? Integer.valueOf((int) readNumber(in)) : null;
        }

        @Nullable
        Boolean flag() throws IOException {
            return next() ? Boolean.valueOf(in.readBoolean()) : null;
        }

        @Nullable
        String text() throws IOException {
            return next() ? readText(in) : null;
        }
    }
}
