package dev.tideline.patterns.rule;

import dev.tideline.patterns.rule.plan.Fraction;
import dev.tideline.patterns.rule.plan.Node;
import dev.tideline.patterns.rule.plan.Thing;
import dev.tideline.patterns.rule.plan.Trial;
import dev.tideline.patterns.rule.plan.Truth;
import dev.tideline.patterns.rule.plan.Whole;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Fields of records as planned expressions read them: nothing is boxed that the record has not boxed itself. */
final class FieldNode {
    private FieldNode() {}

    static <T> Node<Scope> of(Spot<T> spot, FactShape.Field<T> field) {
        if (field instanceof FactShape.Whole<T> whole) {
            return new OfWhole<>(spot, whole.reader());
        }
        if (field instanceof FactShape.Fraction<T> fraction) {
            return new OfFraction<>(spot, fraction.reader());
        }
        if (field instanceof FactShape.Truth<T> truth) {
            return new OfTruth<>(spot, truth.reader());
        }
        return new OfThing<>(spot, field);
    }

    /** Whether the record is there and has the field. */
    static <T> Truth<Scope> has(Spot<T> spot, FactShape.Field<T> field) {
        if (field instanceof FactShape.Whole<T> whole) {
            return trial -> {
                T holder = spot.in(trial.subject());
                return Truth.of(holder != null && whole.reader().applyAsLong(holder) != FactShape.MISSING);
            };
        }
        return trial -> {
            T holder = spot.in(trial.subject());
            return Truth.of(holder != null && field.read(holder) != null);
        };
    }

    private record OfWhole<T>(Spot<T> spot, ToLongFunction<T> reader) implements Whole<Scope> {
        @Override
        public long whole(Trial<Scope> trial) {
            T holder = spot.in(trial.subject());
            long number = holder == null ? FactShape.MISSING : reader.applyAsLong(holder);
            if (number == FactShape.MISSING) {
                trial.fail();
            }
            return number;
        }
    }

    private record OfFraction<T>(Spot<T> spot, Function<T, @Nullable Double> reader) implements Fraction<Scope> {
        @Override
        public double fraction(Trial<Scope> trial) {
            Double number = boxed(trial);
            if (number == null) {
                trial.fail();
                return 0;
            }
            return number;
        }

        @Override
        public @Nullable Double boxed(Trial<Scope> trial) {
            T holder = spot.in(trial.subject());
            return holder == null ? null : reader.apply(holder);
        }
    }

    private record OfTruth<T>(Spot<T> spot, Function<T, @Nullable Boolean> reader) implements Truth<Scope> {
        @Override
        public int truth(Trial<Scope> trial) {
            T holder = spot.in(trial.subject());
            Boolean truth = holder == null ? null : reader.apply(holder);
            return truth == null ? ERROR : Truth.of(truth);
        }
    }

    private record OfThing<T>(Spot<T> spot, FactShape.Field<T> field) implements Thing<Scope> {
        @Override
        public @Nullable Object thing(Trial<Scope> trial) {
            T holder = spot.in(trial.subject());
            return holder == null ? null : field.read(holder);
        }
    }
}
