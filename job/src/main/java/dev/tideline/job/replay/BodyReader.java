package dev.tideline.job.replay;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes out of bytes what {@link BodyWriter} put in, in the same order; used again for the next record. */
final class BodyReader {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MOST_WORDS = 1_000;

    private final byte[] uuid = "00000000-0000-0000-0000-000000000000".getBytes(StandardCharsets.ISO_8859_1);
    private final Map<String, String> words = new HashMap<>();
    private byte[] bytes = new byte[0];
    private int position;

    void open(byte[] record) {
        bytes = record;
        position = 0;
    }

    String uuid() {
        for (int at = 0; at < uuid.length; at++) {
            if (uuid[at] != '-') {
                byte both = bytes[position++];
                uuid[at++] = HEX[both >> 4 & 0xF];
                uuid[at] = HEX[both & 0xF];
            }
        }
        return new String(uuid, StandardCharsets.ISO_8859_1);
    }

    int number() {
        int number = 0;
        int part = 0x80;
        for (int shift = 0; (part & 0x80) != 0; shift += 7) {
            part = bytes[position++];
            number |= (part & 0x7F) << shift;
        }
        return number;
    }

    String text() {
        return text(number());
    }

    /** A text that comes again and again, such as the name of an event type: the same object each time. */
    String word() {
        String text = text();
        if (words.size() >= MOST_WORDS) {
            words.clear();
        }
        String known = words.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    @Nullable
    String optionalText() {
        int length = number();
        return length == 0 ? null : text(length - 1);
    }

    private String text(int length) {
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }
}
