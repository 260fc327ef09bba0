package dev.tideline.job.ingest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** UUIDs as text: 8-4-4-4-12 hexadecimal digits, either case, kept in lower case. */
final class UuidText {
    static final int LENGTH = 36;

    private UuidText() {}

    /** The UUID in lower case; null if the text is none. Any version and variant will do. */
    static @Nullable String parse(String text) {
        if (text.length() != LENGTH) {
            return null;
        }
        boolean capitals = false;
        for (int at = 0; at < LENGTH; at++) {
            char character = text.charAt(at);
            if (at == 8 || at == 13 || at == 18 || at == 23) {
                if (character != '-') {
                    return null;
                }
            } else if (character >= 'A' && character <= 'F') {
                capitals = true;
            } else if (!(character >= '0' && character <= '9') && !(character >= 'a' && character <= 'f')) {
                return null;
            }
        }
        return capitals ? text.toLowerCase(Locale.ROOT) : text;
    }
}
