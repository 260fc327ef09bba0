package dev.tideline.patterns.rule.json;

import dev.cel.common.values.NullValue;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the values of a JSON text end, and reads the plain ones, without building anything else. Understands the
 * everyday part of JSON; whatever it does not understand (which may be no JSON at all) it leaves to a full parser.
 */
final class JsonText {
    /** Not understood. */
    static final int STRANGE = -1;

    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 100;

    /** Whole numbers of so many digits fit 64 bits whatever they are. */
    private static final int SAFE_DIGITS = 18;

    /** A double holds whole numbers of so many digits, and these powers of ten, exactly: their quotient is rounded once. */
    private static final int EXACT_DIGITS = 15;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private JsonText() {}

    /** The first place from there on that is no space. */
    static int afterSpace(String json, int from) {
        int at = from;
        while (at < json.length() && isSpace(json.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    /** The place after the value that begins there, or {@link #STRANGE}. */
    static int afterValue(String json, int from) {
        return afterValue(json, from, 0);
    }

    private static int afterValue(String json, int from, int depth) {
        if (from >= json.length()) {
            return STRANGE;
        }
        return switch (json.charAt(from)) {
            case '"' -> afterString(json, from);
            case '{' -> afterObject(json, from, depth);
            case '[' -> afterArray(json, from, depth);
            case 't' -> afterWord(json, from, "true");
            case 'f' -> afterWord(json, from, "false");
            case 'n' -> afterWord(json, from, "null");
            default -> afterNumber(json, from);
        };
    }

    private static int afterWord(String json, int from, String word) {
        return json.startsWith(word, from) ? from + word.length() : STRANGE;
    }

    /** A string with escapes is understood only as far as its end; see {@link #isPlain}. */
    static int afterString(String json, int from) {
        for (int at = from + 1; at < json.length(); at++) {
            char c = json.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c < ' ') {
                return STRANGE;
            }
            if (c == '\\') {
                at = afterEscape(json, at + 1) - 1;
                if (at < from) {
                    return STRANGE;
                }
            }
        }
        return STRANGE;
    }

    /** The place after the escape whose kind stands there, or {@link #STRANGE}. */
    private static int afterEscape(String json, int from) {
        if (from >= json.length()) {
            return STRANGE;
        }
        if (json.charAt(from) != 'u') {
            return "\"\\/bfnrt".indexOf(json.charAt(from)) < 0 ? STRANGE : from + 1;
        }
        for (int at = from + 1; at <= from + 4; at++) {
            if (at >= json.length() || "0123456789abcdefABCDEF".indexOf(json.charAt(at)) < 0) {
                return STRANGE;
            }
        }
        return from + 5;
    }

    private static int afterObject(String json, int from, int depth) {
        int at = afterSpace(json, from + 1);
        if (at < json.length() && json.charAt(at) == '}') {
            return at + 1;
        }
        while (depth < DEEPEST && at < json.length() && json.charAt(at) == '"') {
            int colon = afterName(json, at);
            int end = colon == STRANGE ? STRANGE : afterValue(json, afterSpace(json, colon), depth + 1);
            if (end == STRANGE) {
                return STRANGE;
            }
            at = afterSpace(json, end);
            if (at < json.length() && json.charAt(at) == '}') {
                return at + 1;
            }
            if (at >= json.length() || json.charAt(at) != ',') {
                return STRANGE;
            }
            at = afterSpace(json, at + 1);
        }
        return STRANGE;
    }

    private static int afterArray(String json, int from, int depth) {
        int at = afterSpace(json, from + 1);
        if (at < json.length() && json.charAt(at) == ']') {
            return at + 1;
        }
        while (depth < DEEPEST) {
            int end = afterValue(json, at, depth + 1);
            if (end == STRANGE) {
                return STRANGE;
            }
            at = afterSpace(json, end);
            if (at < json.length() && json.charAt(at) == ']') {
                return at + 1;
            }
            if (at >= json.length() || json.charAt(at) != ',') {
                return STRANGE;
            }
            at = afterSpace(json, at + 1);
        }
        return STRANGE;
    }

    /** The place after the name that begins there and its colon. */
    private static int afterName(String json, int from) {
        int end = afterString(json, from);
        int colon = end == STRANGE ? json.length() : afterSpace(json, end);
        return colon < json.length() && json.charAt(colon) == ':' ? colon + 1 : STRANGE;
    }

    private static int afterNumber(String json, int from) {
        int at = from < json.length() && json.charAt(from) == '-' ? from + 1 : from;
        int whole = afterDigits(json, at);
        if (whole == at || (json.charAt(at) == '0' && whole > at + 1)) {
            return STRANGE;
        }
        at = whole;
        if (at < json.length() && json.charAt(at) == '.') {
            int part = afterDigits(json, at + 1);
            if (part == at + 1) {
                return STRANGE;
            }
            at = part;
        }
        if (at < json.length() && (json.charAt(at) == 'e' || json.charAt(at) == 'E')) {
            int sign = at + 1 < json.length() && (json.charAt(at + 1) == '-' || json.charAt(at + 1) == '+') ? 2 : 1;
            int exponent = afterDigits(json, at + sign);
            if (exponent == at + sign) {
                return STRANGE;
            }
            at = exponent;
        }
        return at - from > LONGEST_NUMBER ? STRANGE : at;
    }

    private static int afterDigits(String json, int from) {
        int at = from;
        while (at < json.length() && json.charAt(at) >= '0' && json.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** Whether the value between these places is a string without escapes, a number, a boolean or null. */
    static boolean isPlain(String json, int from, int to) {
        return switch (json.charAt(from)) {
            case '{', '[' -> false;
            case '"' -> {
                int escape = json.indexOf('\\', from);
                yield escape < 0 || escape >= to;
            }
            default -> true;
        };
    }

    /** A plain value. */
    static Object plain(String json, int from, int to) {
        return switch (json.charAt(from)) {
            case '"' -> json.substring(from + 1, to - 1);
            case 't' -> Boolean.TRUE;
            case 'f' -> Boolean.FALSE;
            case 'n' -> NullValue.NULL_VALUE;
            default -> number(json, from, to);
        };
    }

    private static Object number(String json, int from, int to) {
        boolean negative = json.charAt(from) == '-';
        long digits = 0;
        int many = 0;
        int point = STRANGE;
        for (int at = negative ? from + 1 : from; at < to; at++) {
            char c = json.charAt(at);
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
                many++;
            } else if (c == '.') {
                point = at;
            } else {
                return Double.parseDouble(json.substring(from, to));
            }
        }
        if (point == STRANGE) {
            return many <= SAFE_DIGITS ? (Object) (negative ? -digits : digits) : large(json.substring(from, to));
        }
        int places = to - point - 1;
        if (many > EXACT_DIGITS || places >= POWERS_OF_TEN.length) {
            return Double.parseDouble(json.substring(from, to));
        }
        double value = digits / POWERS_OF_TEN[places];
        return negative ? -value : value;
    }

    /** A whole number where it fits 64 bits. */
    private static Object large(String number) {
        BigInteger whole = new BigInteger(number);
        return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : (Object) whole.doubleValue();
    }

    /** The value of a text that is one plain value and nothing else; null for any other text. */
    static @Nullable Object onlyPlain(String json) {
        int end = json.isEmpty() ? STRANGE : afterValue(json, 0, DEEPEST);
        return end == json.length() && isPlain(json, 0, end) ? plain(json, 0, end) : null;
    }
}
