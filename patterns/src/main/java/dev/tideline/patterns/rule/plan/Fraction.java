package dev.tideline.patterns.rule.plan;

import org.jspecify.annotations.Nullable;

/** A part that is a double. */
@FunctionalInterface
public non-sealed interface Fraction<S> extends Node<S> {
    /** The number; if there is none, any, and the trial has failed. */
    double fraction(Trial<S> trial);

    /** Allocates, unless the part already has it boxed. */
    @Override
    default @Nullable Object boxed(Trial<S> trial) {
        double number = fraction(trial);
        return trial.takeFailure() ? null : (Object) number;
    }
}
