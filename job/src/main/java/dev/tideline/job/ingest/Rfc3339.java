package dev.tideline.job.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * Timestamps of RFC 3339 as the contract narrows them: {@code 2026-11-21T08:00:00.123456+01:00}, with {@code T} and
 * {@code Z} as capitals, one to nine digits of a second (cut to six), an offset of at most ±18:00, no leap second.
 */
final class Rfc3339 {
    private static final int SHORTEST = "2026-11-21T08:00:00Z".length();
    private static final int FRACTION = "2026-11-21T08:00:00".length();
    private static final int LARGEST_OFFSET_MINUTES = 18 * 60;
    private static final long SECONDS_PER_DAY = 86_400;

    private Rfc3339() {}

    /** The instant, to the microsecond; null if the text is not such a timestamp. */
    static @Nullable Instant parse(String text) {
        if (text.length() < SHORTEST || !punctuated(text)) {
            return null;
        }
        long days = epochDay(text);
        int second = secondOfDay(text);
        int fractionEnd = fractionEnd(text);
        if (days == Long.MIN_VALUE || second < 0 || fractionEnd < 0) {
            return null;
        }
        int offset = offsetMinutes(text, fractionEnd);
        if (offset == Integer.MIN_VALUE) {
            return null;
        }
        long epochSecond = days * SECONDS_PER_DAY + second - offset * 60L;
        return Instant.ofEpochSecond(epochSecond, nanos(text, fractionEnd));
    }

    /** Whether the text is a calendar date such as {@code 2026-11-21}. */
    static boolean isDate(String text) {
        return text.length() == 10
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && epochDay(text) != Long.MIN_VALUE;
    }

    private static boolean punctuated(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static long epochDay(String text) {
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 2);
        int day = digits(text, 8, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) {
            return Long.MIN_VALUE;
        }
        if (day > 28 && day > YearMonth.of(year, month).lengthOfMonth()) {
            return Long.MIN_VALUE;
        }
        return LocalDate.of(year, month, day).toEpochDay();
    }

    private static int secondOfDay(String text) {
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        int second = digits(text, 17, 2);
        boolean valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        return valid ? (hour * 60 + minute) * 60 + second : -1;
    }

    /** Where the offset begins; -1 if the fraction of a second is malformed. */
    private static int fractionEnd(String text) {
        if (text.charAt(FRACTION) != '.') {
            return FRACTION;
        }
        int end = FRACTION + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        int count = end - FRACTION - 1;
        return count >= 1 && count <= 9 ? end : -1;
    }

    private static int nanos(String text, int fractionEnd) {
        int micros = 0;
        for (int place = 1; place <= 6; place++) {
            int at = FRACTION + place;
            micros = micros * 10 + (at < fractionEnd ? text.charAt(at) - '0' : 0);
        }
        return micros * 1000;
    }

    private static int offsetMinutes(String text, int from) {
        int left = text.length() - from;
        if (left == 1 && text.charAt(from) == 'Z') {
            return 0;
        }
        if (left != 6 || text.charAt(from + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        char sign = text.charAt(from);
        int hours = digits(text, from + 1, 2);
        int minutes = digits(text, from + 4, 2);
        int offset = hours * 60 + minutes;
        if ((sign != '+' && sign != '-')
                || hours < 0
                || minutes < 0
                || minutes > 59
                || offset > LARGEST_OFFSET_MINUTES) {
            return Integer.MIN_VALUE;
        }
        return sign == '-' ? -offset : offset;
    }

    /** So many decimal digits as a number; -1 if one of them is none. */
    private static int digits(String text, int from, int count) {
        int number = 0;
        for (int at = from; at < from + count; at++) {
            if (!isDigit(text.charAt(at))) {
                return -1;
            }
            number = number * 10 + text.charAt(at) - '0';
        }
        return number;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
