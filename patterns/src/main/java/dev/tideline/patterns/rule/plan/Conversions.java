package dev.tideline.patterns.rule.plan;

import java.time.Instant;
import java.util.regex.Pattern;

/** Numbers made of other values. */
final class Conversions {
    /** What {@code Double.parseDouble} reads, from its Javadoc: asked first, so that no error is ever built from a text. */
    private static final Pattern FRACTION = Pattern.compile("[\\x00-\\x20]*[+-]?(NaN|Infinity|((("
            + "(\\p{Digit}+)(\\.)?((\\p{Digit}+)?)([eE][+-]?(\\p{Digit}+))?)"
            + "|(\\.(\\p{Digit}+)([eE][+-]?(\\p{Digit}+))?)"
            + "|((0[xX](\\p{XDigit}+)(\\.)?)|(0[xX](\\p{XDigit}+)?(\\.)(\\p{XDigit}+)))[pP][+-]?(\\p{Digit}+))"
            + "[fFdD]?))[\\x00-\\x20]*");

    private Conversions() {}

    static <S> Whole<S> whole(Node<S> of) {
        if (of instanceof Whole<S> whole) {
            return whole;
        }
        if (of instanceof Fraction<S> fraction) {
            return trial -> whole(fraction.fraction(trial), trial);
        }
        return trial -> {
            Object value = of.boxed(trial);
            if (value instanceof Long whole) {
                return whole;
            }
            if (value instanceof Double fraction) {
                return whole(fraction, trial);
            }
            if (value instanceof Instant instant) {
                return instant.getEpochSecond();
            }
            Long read = value instanceof String text ? Numbers.parseWhole(text) : null;
            if (read == null) {
                trial.fail();
                return 0;
            }
            return read;
        };
    }

    private static long whole(double fraction, Trial<?> trial) {
        if (!Numbers.fits(fraction)) {
            trial.fail();
        }
        return (long) fraction;
    }

    static <S> Fraction<S> fraction(Node<S> of) {
        if (of instanceof Fraction<S> fraction) {
            return fraction;
        }
        if (of instanceof Whole<S> whole) {
            return trial -> (double) whole.whole(trial);
        }
        return trial -> {
            Object value = of.boxed(trial);
            if (value instanceof Number number) {
                return number.doubleValue();
            }
            if (value instanceof String text && FRACTION.matcher(text).matches()) {
                return Double.parseDouble(text);
            }
            trial.fail();
            return 0;
        };
    }
}
