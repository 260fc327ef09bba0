package dev.tideline.patterns.rule.plan;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums, differences, products, quotients and remainders. Whole numbers that leave 64 bits are an error. */
enum Arithmetic {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    REMAINDER;

    // CEL's bounds of timestamps (years 1 to 9999) and durations (10,000 years), in seconds.
    private static final long EARLIEST = -62_135_596_800L;
    private static final long LATEST = 253_402_300_799L;
    private static final long LONGEST = 315_576_000_000L;

    private static final Duration MOST_NANOS = Duration.ofNanos(Long.MAX_VALUE);
    private static final Duration LEAST_NANOS = Duration.ofNanos(Long.MIN_VALUE);

    /** CEL has no remainder of fractions, and no arithmetic between numbers of different kinds. */
    <S> Node<S> of(Node<S> left, Node<S> right) {
        if (left instanceof Whole<S> || right instanceof Whole<S>) {
            return wholes(whole(left), whole(right));
        }
        if ((left instanceof Fraction<S> || right instanceof Fraction<S>) && this != REMAINDER) {
            return fractions(fraction(left), fraction(right));
        }
        return (Thing<S>) trial -> {
            Object one = left.boxed(trial);
            Object other = one == null ? null : right.boxed(trial);
            return one == null || other == null ? null : things(one, other, trial);
        };
    }

    static <S> Node<S> negative(Node<S> operand) {
        if (operand instanceof Whole<S> whole) {
            return (Whole<S>) trial -> minus(whole.whole(trial), trial);
        }
        if (operand instanceof Fraction<S> fraction) {
            return (Fraction<S>) trial -> -fraction.fraction(trial);
        }
        return (Thing<S>) trial -> {
            Object value = operand.boxed(trial);
            if (value instanceof Long whole) {
                long minus = minus(whole, trial);
                return trial.takeFailure() ? null : (Object) minus;
            }
            return value instanceof Double fraction ? (Object) (-fraction) : null;
        };
    }

    private static long minus(long number, Trial<?> trial) {
        if (number == Long.MIN_VALUE) {
            trial.fail();
        }
        return -number;
    }

    /** A node as a whole number: anything else is an error. */
    static <S> Whole<S> whole(Node<S> node) {
        if (node instanceof Whole<S> whole) {
            return whole;
        }
        return trial -> {
            if (node.boxed(trial) instanceof Long whole) {
                return whole;
            }
            trial.fail();
            return 0;
        };
    }

    /** A node as a double: anything else is an error. */
    static <S> Fraction<S> fraction(Node<S> node) {
        if (node instanceof Fraction<S> fraction) {
            return fraction;
        }
        return trial -> {
            if (node.boxed(trial) instanceof Double fraction) {
                return fraction;
            }
            trial.fail();
            return 0;
        };
    }

    private <S> Whole<S> wholes(Whole<S> left, Whole<S> right) {
        return trial -> calculated(left.whole(trial), right.whole(trial), trial);
    }

    private <S> Fraction<S> fractions(Fraction<S> left, Fraction<S> right) {
        return trial -> calculated(left.fraction(trial), right.fraction(trial));
    }

    /** What comes of numbers after a failure does not matter: it stays failed. */
    private long calculated(long left, long right, Trial<?> trial) {
        return switch (this) {
            case ADD -> {
                long sum = left + right;
                yield failIf(((left ^ sum) & (right ^ sum)) < 0, sum, trial);
            }
            case SUBTRACT -> {
                long difference = left - right;
                yield failIf(((left ^ right) & (left ^ difference)) < 0, difference, trial);
            }
            case MULTIPLY -> {
                long product = left * right;
                yield failIf(Math.multiplyHigh(left, right) != product >> 63, product, trial);
            }
            case DIVIDE -> {
                boolean impossible = right == 0 || (left == Long.MIN_VALUE && right == -1);
                yield failIf(impossible, impossible ? 0 : left / right, trial);
            }
            case REMAINDER -> failIf(right == 0, right == 0 ? 0 : left % right, trial);
        };
    }

    private static long failIf(boolean impossible, long number, Trial<?> trial) {
        if (impossible) {
            trial.fail();
        }
        return number;
    }

    private double calculated(double left, double right) {
        return switch (this) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            case REMAINDER -> throw new IllegalStateException("fractions have no remainder");
        };
    }

    private @Nullable Object things(Object left, Object right, Trial<?> trial) {
        if (left instanceof Long one && right instanceof Long other) {
            long number = calculated(one, other, trial);
            return trial.takeFailure() ? null : (Object) number;
        }
        if (left instanceof Double one && right instanceof Double other && this != REMAINDER) {
            return calculated(one.doubleValue(), other.doubleValue());
        }
        return switch (this) {
            case ADD -> sum(left, right);
            case SUBTRACT -> difference(left, right);
            case MULTIPLY, DIVIDE, REMAINDER -> null;
        };
    }

    private static @Nullable Object sum(Object left, Object right) {
        if (left instanceof String one && right instanceof String other) {
            return one.concat(other);
        }
        if (left instanceof Duration one) {
            if (right instanceof Duration other) {
                return valid(one, other, false);
            }
            return right instanceof Instant other ? valid(other, one, false) : null;
        }
        if (left instanceof Instant one && right instanceof Duration other) {
            return valid(one, other, false);
        }
        if (left instanceof List<?> one && right instanceof List<?> other) {
            List<Object> joined = new ArrayList<>(one.size() + other.size());
            joined.addAll(one);
            joined.addAll(other);
            return joined;
        }
        return null;
    }

    private static @Nullable Object difference(Object left, Object right) {
        if (left instanceof Instant one && right instanceof Instant other) {
            return between(one, other);
        }
        if (right instanceof Duration other) {
            if (left instanceof Instant one) {
                return valid(one, other, true);
            }
            return left instanceof Duration one ? valid(one, other, true) : null;
        }
        return null;
    }

    /** CEL wants the difference to fit 64 bits of nanoseconds. */
    private static @Nullable Object between(Instant one, Instant other) {
        Duration between = Duration.between(other, one);
        return between.compareTo(MOST_NANOS) > 0 || between.compareTo(LEAST_NANOS) < 0 ? null : between;
    }

    private static @Nullable Object valid(Instant instant, Duration by, boolean back) {
        try {
            Instant moved = back ? instant.minus(by) : instant.plus(by);
            return moved.getEpochSecond() < EARLIEST || moved.getEpochSecond() > LATEST ? null : moved;
        } catch (DateTimeException | ArithmeticException beyondAllTime) {
            return null;
        }
    }

    /** CEL's runtime has no negative durations with a part of a second. */
    private static @Nullable Object valid(Duration one, Duration other, boolean minus) {
        try {
            Duration result = minus ? one.minus(other) : one.plus(other);
            long seconds = result.getSeconds();
            boolean invalid = seconds < -LONGEST || seconds > LONGEST || (seconds < 0 && result.getNano() > 0);
            return invalid ? null : result;
        } catch (ArithmeticException tooLong) {
            return null;
        }
    }
}
