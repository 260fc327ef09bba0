package dev.tideline.patterns.rule.plan;

import dev.cel.common.internal.DateTimeHelpers;
import dev.cel.runtime.RuntimeHelpers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Literals of time, and the parts of instants and durations. */
final class Times {
    private static final int MILLIS_OF_SECOND = 1_000;
    private static final int NANOS_OF_MILLI = 1_000_000;

    /** Parts of an instant's date and time, as CEL counts them: months and days of the year from 0, Sunday is 0. */
    private static final Map<String, ToLongFunction<LocalDateTime>> OF_INSTANT = Map.of(
            "getFullYear",
            LocalDateTime::getYear,
            "getMonth",
            at -> at.getMonthValue() - 1,
            "getDate",
            LocalDateTime::getDayOfMonth,
            "getDayOfMonth",
            at -> at.getDayOfMonth() - 1,
            "getDayOfWeek",
            at -> at.getDayOfWeek().getValue() % 7,
            "getDayOfYear",
            at -> at.getDayOfYear() - 1,
            "getHours",
            LocalDateTime::getHour,
            "getMinutes",
            LocalDateTime::getMinute,
            "getSeconds",
            LocalDateTime::getSecond,
            "getMilliseconds",
            at -> at.getNano() / NANOS_OF_MILLI);

    private static final Map<String, ToLongFunction<Duration>> OF_DURATION = Map.of(
            "getHours", Duration::toHours,
            "getMinutes", Duration::toMinutes,
            "getSeconds", Times::wholeSeconds,
            "getMilliseconds", span -> span.toMillis() % MILLIS_OF_SECOND);

    private Times() {}

    static boolean isPart(String function) {
        return OF_INSTANT.containsKey(function);
    }

    /** A part of an instant in UTC, or of a duration; of an instant it allocates. */
    static <S> Whole<S> part(String function, Node<S> of) {
        ToLongFunction<LocalDateTime> ofInstant = OF_INSTANT.get(function);
        ToLongFunction<Duration> ofDuration = OF_DURATION.get(function);
        return trial -> {
            Object value = of.boxed(trial);
            if (value instanceof Instant instant && ofInstant != null) {
                return ofInstant.applyAsLong(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
            }
            if (value instanceof Duration span && ofDuration != null) {
                return ofDuration.applyAsLong(span);
            }
            trial.fail();
            return 0;
        };
    }

    /** A part of an instant in a zone. */
    static <S> Whole<S> part(String function, Node<S> of, ZoneId zone) {
        ToLongFunction<LocalDateTime> ofInstant = OF_INSTANT.get(function);
        return trial -> {
            if (of.boxed(trial) instanceof Instant instant && ofInstant != null) {
                return ofInstant.applyAsLong(LocalDateTime.ofInstant(instant, zone));
            }
            trial.fail();
            return 0;
        };
    }

    private static long wholeSeconds(Duration span) {
        return span.isNegative() && span.getNano() > 0 ? span.getSeconds() + 1 : span.getSeconds();
    }

    /** The duration that a literal writes; null if CEL can make none of it. */
    static @Nullable Duration duration(String literal) {
        try {
            return RuntimeHelpers.createJavaDurationFromString(literal);
        } catch (IllegalArgumentException | ArithmeticException notOne) {
            return null;
        }
    }

    /** The instant that a literal writes; null if CEL can make none of it. */
    static @Nullable Instant timestamp(String literal) {
        try {
            return DateTimeHelpers.parse(literal);
        } catch (DateTimeParseException | IllegalArgumentException notOne) {
            return null;
        }
    }
}
