package dev.tideline.patterns.rule.plan;

import org.jspecify.annotations.Nullable;

/** How CEL compares and converts numbers of different kinds. */
final class Numbers {
    private static final double LARGEST = (double) Long.MAX_VALUE;
    private static final double SMALLEST = (double) Long.MIN_VALUE;

    /** Doubles of this binary exponent and beyond, infinity and NaN among them, fit no 64 bits. */
    private static final int TOO_LARGE = 63;

    private Numbers() {}

    /** Negative, zero or positive. NaN counts as larger than any, and −0.0 as smaller than 0: so does CEL's runtime. */
    static int compare(double fraction, long whole) {
        if (fraction < SMALLEST) {
            return -1;
        }
        return fraction > LARGEST ? 1 : Double.compare(fraction, (double) whole);
    }

    static boolean equal(Number one, Number other) {
        if (one instanceof Double first) {
            return other instanceof Double second
                    ? first.doubleValue() == second.doubleValue()
                    : compare(first, other.longValue()) == 0;
        }
        return other instanceof Double second
                ? compare(second, one.longValue()) == 0
                : one.longValue() == other.longValue();
    }

    static boolean fits(double fraction) {
        return Math.getExponent(fraction) < TOO_LARGE;
    }

    /** The number as {@code Long.parseLong} reads it; null if it is none. Builds no error from the text. */
    static @Nullable Long parseWhole(String text) {
        int length = text.length();
        boolean negative = length > 0 && text.charAt(0) == '-';
        int at = length > 0 && (negative || text.charAt(0) == '+') ? 1 : 0;
        if (at == length) {
            return null;
        }
        long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
        long sum = 0;
        for (; at < length; at++) {
            int digit = Character.digit(text.charAt(at), 10);
            if (digit < 0 || sum < limit / 10 || sum * 10 < limit + digit) {
                return null;
            }
            sum = sum * 10 - digit;
        }
        return negative ? sum : -sum;
    }
}
