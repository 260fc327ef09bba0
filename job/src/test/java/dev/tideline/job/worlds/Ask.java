package dev.tideline.job.worlds;

import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A predicate twice: as CEL, and written by hand. An error is null; what ends in one does not hold. */
record Ask(String cel, Meaning meaning) {
    /** True, false, or null where CEL's evaluation ends in an error. */
    interface Meaning {
        @Nullable
        Boolean of(Look look);
    }

    /**
     * What a predicate may look at.
     *
     * @param now null where only the user is asked
     * @param previous the fact that a sequence took before
     */
    record Look(@Nullable Sight now, @Nullable Sight previous, Map<String, String> user) {}

    boolean holds(Look look) {
        return Boolean.TRUE.equals(meaning.of(look));
    }

    static Ask compare(String field, String operator, Number with) {
        IntPredicate as = as(operator);
        return new Ask(
                field + " " + operator + " " + with, look -> numbers(said(look.now(), field), with, operator, as));
    }

    /** A field against the same field of the fact before. */
    static Ask comparePrevious(String field, String operator) {
        IntPredicate as = as(operator);
        return new Ask(
                field + " " + operator + " prev." + field,
                look -> numbers(said(look.now(), field), said(look.previous(), field), operator, as));
    }

    static Ask text(String field, String operator, String with) {
        return new Ask(field + " " + operator + " \"" + with + "\"", look -> {
            Object value = said(look.now(), field);
            return value == null ? null : Boolean.valueOf(operator.equals("==") == value.equals(with));
        });
    }

    static Ask user(String field, String operator, String with) {
        return new Ask(field + " " + operator + " \"" + with + "\"", look -> {
            String value = look.user().get(field);
            return value == null ? null : Boolean.valueOf(operator.equals("==") == value.equals(with));
        });
    }

    static Ask shorterThan(int minutes) {
        return new Ask("session.duration < duration(\"" + minutes + "m\")", look -> {
            Object value = said(look.now(), "session.duration");
            return value == null ? null : Boolean.valueOf((Long) value < minutes * 60_000L);
        });
    }

    Ask and(Ask other) {
        return new Ask(
                "(" + cel + ") && (" + other.cel + ")", look -> both(meaning.of(look), other.meaning.of(look), false));
    }

    Ask or(Ask other) {
        return new Ask(
                "(" + cel + ") || (" + other.cel + ")", look -> both(meaning.of(look), other.meaning.of(look), true));
    }

    Ask not() {
        return new Ask("!(" + cel + ")", look -> {
            Boolean held = meaning.of(look);
            return held == null ? null : Boolean.valueOf(!held);
        });
    }

    /** Either side that is what decides absorbs an error of the other. */
    private static @Nullable Boolean both(@Nullable Boolean left, @Nullable Boolean right, boolean decides) {
        if (Objects.equals(left, decides) || Objects.equals(right, decides)) {
            return decides;
        }
        boolean error = left == null || right == null;
        return error ? null : Boolean.valueOf(!decides);
    }

    private static IntPredicate as(String operator) {
        return switch (operator) {
            case "<" -> sign -> sign < 0;
            case "<=" -> sign -> sign <= 0;
            case ">" -> sign -> sign > 0;
            case ">=" -> sign -> sign >= 0;
            case "==" -> sign -> sign == 0;
            case "!=" -> sign -> sign != 0;
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static @Nullable Boolean numbers(
            @Nullable Object left, @Nullable Object right, String operator, IntPredicate as) {
        if (left == null || right == null) {
            return null;
        }
        if (left instanceof Number one && right instanceof Number other) {
            return as.test(Double.compare(one.doubleValue(), other.doubleValue()));
        }
        // Of different types: never equal, and in no order.
        return switch (operator) {
            case "==" -> left.equals(right);
            case "!=" -> !left.equals(right);
            default -> null;
        };
    }

    private static @Nullable Object said(@Nullable Sight sight, String field) {
        return sight == null ? null : sight.said().get(field);
    }

    @Override
    public String toString() {
        return cel;
    }
}
