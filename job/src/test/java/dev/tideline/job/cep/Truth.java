package dev.tideline.job.cep;

import java.io.Serializable;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a predicate says of a fact: true, false, or null where CEL's evaluation ends in an error. Written by hand for each
 * text of CEL, so that nothing of the rule language judges itself.
 */
@FunctionalInterface
interface Truth extends Serializable {
    @Nullable
    Boolean of(Look look);

    /** The fact in question, and those that the partial match took before. */
    interface Look {
        Sighting now();

        /** The fact taken last; null if there is none. */
        @Nullable
        Sighting previous();

        /** The fact that the step took last; null if there is none. */
        @Nullable
        Sighting step(String name);
    }

    /** A predicate's text, and what it means. */
    record Asked(String cel, Truth truth) implements Serializable {
        Asked and(Asked other) {
            return new Asked(cel + " && " + other.cel, look -> {
                Boolean left = truth.of(look);
                Boolean right = other.truth.of(look);
                if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
                    return false;
                }
                return left == null || right == null ? null : Boolean.TRUE;
            });
        }

        Asked or(Asked other) {
            return new Asked("(" + cel + ") || (" + other.cel + ")", look -> {
                Boolean left = truth.of(look);
                Boolean right = other.truth.of(look);
                if (Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right)) {
                    return true;
                }
                return left == null || right == null ? null : Boolean.FALSE;
            });
        }

        Asked not() {
            return new Asked("!(" + cel + ")", look -> {
                Boolean held = truth.of(look);
                return held == null ? null : Boolean.valueOf(!held);
            });
        }
    }

    /** The order of two values: null where one is missing, or where they are of different types. */
    static @Nullable Boolean ordered(@Nullable Object left, @Nullable Object right, IntPredicate as) {
        if (left instanceof Number one && right instanceof Number other) {
            return as.test(Double.compare(one.doubleValue(), other.doubleValue()));
        }
        if (left instanceof String one && right instanceof String other) {
            return as.test(one.compareTo(other));
        }
        return null;
    }

    /** Whether two values are equal: null where one is missing; values of different types are unequal. */
    static @Nullable Boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return null;
        }
        if (left instanceof Number one && right instanceof Number other) {
            return one.doubleValue() == other.doubleValue();
        }
        return left.equals(right);
    }

    static @Nullable Boolean among(@Nullable Object value, List<String> values) {
        return value == null ? null : Boolean.valueOf(values.contains(value));
    }

    static @Nullable Object of(@Nullable Sighting sighting, String name) {
        return sighting == null ? null : sighting.get(name);
    }
}
