package dev.tideline.patterns.rule.plan;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Equality and membership. Values of different types are unequal; numbers of different kinds are not. */
final class Equality {
    private Equality() {}

    /** @param wanted {@link Truth#TRUE} for {@code ==}, {@link Truth#FALSE} for {@code !=} */
    static <S> Truth<S> between(Node<S> left, Node<S> right, int wanted) {
        if (left instanceof Fraction<S> one && right instanceof Fraction<S> other) {
            return fractions(one, other, wanted);
        }
        if (left instanceof Whole<S> one && right instanceof Whole<S> other) {
            return trial -> {
                boolean equal = one.whole(trial) == other.whole(trial);
                return trial.takeFailure() ? Truth.ERROR : is(equal, wanted);
            };
        }
        if (left instanceof Fraction<S> one && right instanceof Whole<S> other) {
            return mixed(one, other, wanted);
        }
        if (left instanceof Whole<S> one && right instanceof Fraction<S> other) {
            return mixed(other, one, wanted);
        }
        if (left instanceof Truth<S> one && right instanceof Truth<S> other) {
            return truths(one, other, wanted);
        }
        String text = Constant.text(right);
        if (text != null) {
            return withText(left, text, wanted);
        }
        if (Constant.text(left) != null) {
            return between(right, left, wanted);
        }
        return trial -> {
            Object one = left.boxed(trial);
            Object other = one == null ? null : right.boxed(trial);
            return one == null || other == null ? Truth.ERROR : is(equal(one, other), wanted);
        };
    }

    private static int is(boolean equal, int wanted) {
        return equal ? wanted : Truth.TRUE - wanted;
    }

    private static <S> Truth<S> withText(Node<S> left, String text, int wanted) {
        return trial -> {
            Object one = left.boxed(trial);
            return one == null ? Truth.ERROR : is(text.equals(one), wanted);
        };
    }

    private static <S> Truth<S> truths(Truth<S> left, Truth<S> right, int wanted) {
        return trial -> {
            int one = left.truth(trial);
            int other = right.truth(trial);
            return one == Truth.ERROR || other == Truth.ERROR ? Truth.ERROR : is(one == other, wanted);
        };
    }

    private static <S> Truth<S> mixed(Fraction<S> left, Whole<S> right, int wanted) {
        return trial -> {
            boolean equal = Numbers.compare(left.fraction(trial), right.whole(trial)) == 0;
            return trial.takeFailure() ? Truth.ERROR : is(equal, wanted);
        };
    }

    private static <S> Truth<S> fractions(Fraction<S> left, Fraction<S> right, int wanted) {
        return trial -> {
            double one = left.fraction(trial);
            double other = right.fraction(trial);
            if (trial.takeFailure()) {
                return Truth.ERROR;
            }
            return is(one == other || (Double.isNaN(one) && Double.isNaN(other) && same(left, right, trial)), wanted);
        };
    }

    /** CEL's runtime takes a value for equal to itself before it looks whether it is a number (NaN). */
    @SuppressWarnings("ReferenceEquality")
    private static <S> boolean same(Fraction<S> left, Fraction<S> right, Trial<S> trial) {
        return left.boxed(trial) == right.boxed(trial);
    }

    static <S> Truth<S> in(Node<S> value, Node<S> container) {
        String name = Constant.text(value);
        if (name != null && container instanceof Members<S> members) {
            return members.has(name);
        }
        if (value instanceof Whole<S> whole && Constant.of(container) instanceof List<?> list) {
            return inConstants(whole, list);
        }
        return trial -> {
            Object one = value.boxed(trial);
            Object where = one == null ? null : container.boxed(trial);
            if (one == null || where == null) {
                return Truth.ERROR;
            }
            if (where instanceof List<?> list) {
                return Truth.of(contains(list, one));
            }
            return where instanceof Map<?, ?> map ? Truth.of(map.get(one) != null) : Truth.ERROR;
        };
    }

    /** The constants that are numbers, side by side: nothing is boxed. */
    private static <S> Truth<S> inConstants(Whole<S> value, List<?> list) {
        long[] wholes = list.stream()
                .filter(Long.class::isInstance)
                .mapToLong(Long.class::cast)
                .toArray();
        double[] fractions = list.stream()
                .filter(Double.class::isInstance)
                .mapToDouble(Double.class::cast)
                .toArray();
        return trial -> {
            long number = value.whole(trial);
            if (trial.takeFailure()) {
                return Truth.ERROR;
            }
            for (long whole : wholes) {
                if (whole == number) {
                    return Truth.TRUE;
                }
            }
            for (double fraction : fractions) {
                if (Numbers.compare(fraction, number) == 0) {
                    return Truth.TRUE;
                }
            }
            return Truth.FALSE;
        };
    }

    private static boolean contains(List<?> list, Object value) {
        if (list.contains(value)) {
            return true;
        }
        if (value instanceof Number number) {
            for (Object element : list) {
                if (element instanceof Number other && Numbers.equal(number, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // A value equals itself, NaN too: so does CEL's runtime.
    private static boolean equal(Object one, Object other) {
        if (one == other) {
            return true;
        }
        if (one instanceof Number first) {
            return other instanceof Number second && Numbers.equal(first, second);
        }
        if (one instanceof List<?> first) {
            return other instanceof List<?> second && equalLists(first, second);
        }
        if (one instanceof Map<?, ?> first) {
            return other instanceof Map<?, ?> second && equalMaps(first, second);
        }
        return one.equals(other);
    }

    private static boolean equalLists(List<?> one, List<?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        Iterator<?> others = other.iterator();
        for (Object element : one) {
            if (!equal(element, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Map<?, ?> one, Map<?, ?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : one.entrySet()) {
            @Nullable Object value = other.get(entry.getKey());
            if (value == null || !equal(entry.getValue(), value)) {
                return false;
            }
        }
        return true;
    }
}
