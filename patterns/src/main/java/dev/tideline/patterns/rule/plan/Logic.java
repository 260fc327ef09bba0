package dev.tideline.patterns.rule.plan;

import org.jspecify.annotations.Nullable;

/** And, or, not, and the choice between two. An error is absorbed where another operand decides. */
final class Logic {
    private Logic() {}

    static <S> Truth<S> and(Truth<S> left, Truth<S> right) {
        return trial -> {
            int first = left.truth(trial);
            if (first == Truth.FALSE) {
                return Truth.FALSE;
            }
            int second = right.truth(trial);
            return second == Truth.FALSE || first == Truth.TRUE ? second : Truth.ERROR;
        };
    }

    static <S> Truth<S> or(Truth<S> left, Truth<S> right) {
        return trial -> {
            int first = left.truth(trial);
            if (first == Truth.TRUE) {
                return Truth.TRUE;
            }
            int second = right.truth(trial);
            return second == Truth.TRUE || first == Truth.FALSE ? second : Truth.ERROR;
        };
    }

    static <S> Truth<S> not(Truth<S> operand) {
        return trial -> {
            int truth = operand.truth(trial);
            return truth == Truth.ERROR ? Truth.ERROR : Truth.TRUE - truth;
        };
    }

    /** A node as a condition: anything but a boolean is an error. */
    static <S> Truth<S> condition(Node<S> node) {
        if (node instanceof Truth<S> truth) {
            return truth;
        }
        return trial -> node.boxed(trial) instanceof Boolean truth ? Truth.of(truth) : Truth.ERROR;
    }

    static <S> Node<S> choice(Truth<S> condition, Node<S> yes, Node<S> no) {
        if (yes instanceof Truth<S> one && no instanceof Truth<S> other) {
            return (Truth<S>) trial -> {
                int decided = condition.truth(trial);
                return decided == Truth.ERROR
                        ? Truth.ERROR
                        : decided == Truth.TRUE ? one.truth(trial) : other.truth(trial);
            };
        }
        if (yes instanceof Whole<S> one && no instanceof Whole<S> other) {
            return new ChoiceOfWholes<>(condition, one, other);
        }
        if (yes instanceof Fraction<S> one && no instanceof Fraction<S> other) {
            return new ChoiceOfFractions<>(condition, one, other);
        }
        return (Thing<S>) trial -> chosen(trial, condition, yes, no);
    }

    private static <S> @Nullable Object chosen(Trial<S> trial, Truth<S> condition, Node<S> yes, Node<S> no) {
        int decided = condition.truth(trial);
        if (decided == Truth.ERROR) {
            return null;
        }
        return decided == Truth.TRUE ? yes.boxed(trial) : no.boxed(trial);
    }

    private record ChoiceOfWholes<S>(Truth<S> condition, Whole<S> yes, Whole<S> no) implements Whole<S> {
        @Override
        public long whole(Trial<S> trial) {
            int decided = condition.truth(trial);
            if (decided == Truth.ERROR) {
                trial.fail();
                return 0;
            }
            return decided == Truth.TRUE ? yes.whole(trial) : no.whole(trial);
        }
    }

    /** Hands on the chosen box: CEL takes one and the same box for equal even if it holds no number (NaN). */
    private record ChoiceOfFractions<S>(Truth<S> condition, Fraction<S> yes, Fraction<S> no) implements Fraction<S> {
        @Override
        public double fraction(Trial<S> trial) {
            int decided = condition.truth(trial);
            if (decided == Truth.ERROR) {
                trial.fail();
                return 0;
            }
            return decided == Truth.TRUE ? yes.fraction(trial) : no.fraction(trial);
        }

        @Override
        public @Nullable Object boxed(Trial<S> trial) {
            return chosen(trial, condition, yes, no);
        }
    }
}
