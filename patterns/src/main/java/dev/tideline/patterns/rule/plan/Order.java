package dev.tideline.patterns.rule.plan;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The four orders, between values of every pair of types that CEL orders. */
enum Order {
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean holds(int comparison) {
        return switch (this) {
            case LESS -> comparison < 0;
            case LESS_OR_EQUAL -> comparison <= 0;
            case GREATER -> comparison > 0;
            case GREATER_OR_EQUAL -> comparison >= 0;
        };
    }

    /** Of two doubles: nothing holds of NaN. */
    private boolean holds(double left, double right) {
        return switch (this) {
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
        };
    }

    private Order turned() {
        return switch (this) {
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        };
    }

    <S> Truth<S> between(Node<S> left, Node<S> right) {
        if (left instanceof Fraction<S> one) {
            if (right instanceof Fraction<S> other) {
                return fractions(one, other);
            }
            if (right instanceof Whole<S> other) {
                return mixed(one, other);
            }
        }
        if (left instanceof Whole<S> one) {
            if (right instanceof Whole<S> other) {
                return wholes(one, other);
            }
            if (right instanceof Fraction<S> other) {
                return turned().mixed(other, one);
            }
        }
        if (left instanceof Whole<S> || left instanceof Fraction<S>) {
            return turned().between(right, left);
        }
        if (right instanceof Constant.OfWhole<S> || right instanceof Constant.OfFraction<S>) {
            Object constant = Constant.of(right);
            return trial -> things(left.boxed(trial), constant);
        }
        if (right instanceof Whole<S> other) {
            return trial -> thingAndWhole(left.boxed(trial), other.whole(trial), trial);
        }
        if (right instanceof Fraction<S> other) {
            return trial -> thingAndFraction(left.boxed(trial), other.fraction(trial), trial);
        }
        return trial -> {
            Object one = left.boxed(trial);
            return one == null ? Truth.ERROR : things(one, right.boxed(trial));
        };
    }

    /** One closure for each order: the commonest of all conditions. */
    private <S> Truth<S> fractions(Fraction<S> left, Fraction<S> right) {
        if (this == GREATER || this == GREATER_OR_EQUAL) {
            return turned().fractions(right, left);
        }
        if (this == LESS) {
            return trial -> {
                boolean holds = left.fraction(trial) < right.fraction(trial);
                return trial.takeFailure() ? Truth.ERROR : Truth.of(holds);
            };
        }
        return trial -> {
            boolean holds = left.fraction(trial) <= right.fraction(trial);
            return trial.takeFailure() ? Truth.ERROR : Truth.of(holds);
        };
    }

    private <S> Truth<S> wholes(Whole<S> left, Whole<S> right) {
        if (this == GREATER || this == GREATER_OR_EQUAL) {
            return turned().wholes(right, left);
        }
        if (this == LESS) {
            return trial -> {
                boolean holds = left.whole(trial) < right.whole(trial);
                return trial.takeFailure() ? Truth.ERROR : Truth.of(holds);
            };
        }
        return trial -> {
            boolean holds = left.whole(trial) <= right.whole(trial);
            return trial.takeFailure() ? Truth.ERROR : Truth.of(holds);
        };
    }

    private <S> Truth<S> mixed(Fraction<S> left, Whole<S> right) {
        return trial -> {
            int comparison = Numbers.compare(left.fraction(trial), right.whole(trial));
            return trial.takeFailure() ? Truth.ERROR : Truth.of(holds(comparison));
        };
    }

    private int thingAndWhole(@Nullable Object left, long right, Trial<?> trial) {
        if (trial.takeFailure()) {
            return Truth.ERROR;
        }
        if (left instanceof Long one) {
            return Truth.of(holds(Long.compare(one, right)));
        }
        return left instanceof Double one ? Truth.of(holds(Numbers.compare(one, right))) : Truth.ERROR;
    }

    private int thingAndFraction(@Nullable Object left, double right, Trial<?> trial) {
        if (trial.takeFailure()) {
            return Truth.ERROR;
        }
        if (left instanceof Double one) {
            return Truth.of(holds(one.doubleValue(), right));
        }
        return left instanceof Long one ? Truth.of(holds(-Numbers.compare(right, one))) : Truth.ERROR;
    }

    /** Values of different types have no order, but numbers do. */
    private int things(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Long one) {
            if (right instanceof Long other) {
                return Truth.of(holds(Long.compare(one, other)));
            }
            return right instanceof Double other ? Truth.of(holds(-Numbers.compare(other, one))) : Truth.ERROR;
        }
        if (left instanceof Double one) {
            if (right instanceof Double other) {
                return Truth.of(holds(one.doubleValue(), other.doubleValue()));
            }
            return right instanceof Long other ? Truth.of(holds(Numbers.compare(one, other))) : Truth.ERROR;
        }
        if (left instanceof String one && right instanceof String other) {
            return Truth.of(holds(one.compareTo(other)));
        }
        if (left instanceof Duration one && right instanceof Duration other) {
            return Truth.of(holds(one.compareTo(other)));
        }
        if (left instanceof Instant one && right instanceof Instant other) {
            return Truth.of(holds(one.compareTo(other)));
        }
        return left instanceof Boolean one && right instanceof Boolean other
                ? Truth.of(holds(one.compareTo(other)))
                : Truth.ERROR;
    }
}
