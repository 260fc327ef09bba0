package dev.tideline.patterns.rule.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that stand in the expression itself. */
final class Constant {
    private Constant() {}

    record OfTruth<S>(boolean value) implements Truth<S> {
        @Override
        public int truth(Trial<S> trial) {
            return Truth.of(value);
        }
    }

    record OfWhole<S>(Long value) implements Whole<S> {
        @Override
        public long whole(Trial<S> trial) {
            return value;
        }

        @Override
        public Object boxed(Trial<S> trial) {
            return value;
        }
    }

    record OfFraction<S>(Double value) implements Fraction<S> {
        @Override
        public double fraction(Trial<S> trial) {
            return value;
        }

        @Override
        public Object boxed(Trial<S> trial) {
            return value;
        }
    }

    record OfThing<S>(Object value) implements Thing<S> {
        @Override
        public Object thing(Trial<S> trial) {
            return value;
        }
    }

    /** What every evaluation fails on, such as a duration beyond CEL's range. */
    static <S> Thing<S> error() {
        return trial -> null;
    }

    /** The value of a constant, or null for what is none. */
    static @Nullable Object of(Node<?> node) {
        if (node instanceof OfTruth<?> truth) {
            return truth.value();
        }
        if (node instanceof OfWhole<?> whole) {
            return whole.value();
        }
        if (node instanceof OfFraction<?> fraction) {
            return fraction.value();
        }
        return node instanceof OfThing<?> thing ? thing.value() : null;
    }

    /** The string that a constant is, or null. */
    static @Nullable String text(Node<?> node) {
        return of(node) instanceof String text ? text : null;
    }

    /** The constant list of constants, or null if any element is none. */
    static @Nullable List<Object> list(List<? extends Node<?>> elements) {
        Object[] values = new Object[elements.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = of(elements.get(i));
            if (value == null) {
                return null;
            }
            values[i] = value;
        }
        return List.of(values);
    }
}
