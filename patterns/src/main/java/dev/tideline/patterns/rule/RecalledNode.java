package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.rule.plan.Fraction;
import dev.tideline.patterns.rule.plan.Node;
import dev.tideline.patterns.rule.plan.Trial;
import dev.tideline.patterns.rule.plan.Whole;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Numbers of the fact before, as planned expressions read them: the scope may have kept them. */
final class RecalledNode {
    private RecalledNode() {}

    /** The field, noted as recalled; null if it is no number. */
    static <T> @Nullable Node<Scope> of(Spot<T> previous, FactShape.Field<T> field, LookBack lookBack) {
        if (field instanceof FactShape.Whole<T> whole) {
            OfWhole<T> node = new OfWhole<>(previous, whole.reader());
            lookBack.recalls(node);
            return node;
        }
        if (field instanceof FactShape.Fraction<T> fraction) {
            OfFraction<T> node = new OfFraction<>(previous, fraction.reader());
            lookBack.recalls(node);
            return node;
        }
        return null;
    }

    private record OfWhole<T>(Spot<T> spot, ToLongFunction<T> reader) implements Whole<Scope>, Recollection {
        @Override
        public long of(@Nullable Fact previous) {
            T holder = previous == null ? null : spot.in(previous);
            return holder == null ? FactShape.MISSING : reader.applyAsLong(holder);
        }

        @Override
        public long whole(Trial<Scope> trial) {
            long number = trial.subject().recalled(this);
            if (number == FactShape.MISSING) {
                trial.fail();
            }
            return number;
        }
    }

    private record OfFraction<T>(Spot<T> spot, Function<T, @Nullable Double> reader)
            implements Fraction<Scope>, Recollection {
        /** Bits that {@link Double#doubleToLongBits} gives for no number. */
        private static final long MISSING = -1;

        @Override
        public long of(@Nullable Fact previous) {
            T holder = previous == null ? null : spot.in(previous);
            Double number = holder == null ? null : reader.apply(holder);
            return number == null ? MISSING : Double.doubleToLongBits(number);
        }

        @Override
        public double fraction(Trial<Scope> trial) {
            long bits = trial.subject().recalled(this);
            if (bits == MISSING) {
                trial.fail();
            }
            return Double.longBitsToDouble(bits);
        }

        /** The record's own box: CEL takes one and the same box for equal even if it holds no number (NaN). */
        @Override
        public @Nullable Double boxed(Trial<Scope> trial) {
            T holder = spot.in(trial.subject());
            return holder == null ? null : reader.apply(holder);
        }
    }
}
