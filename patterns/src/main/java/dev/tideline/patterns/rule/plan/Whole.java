package dev.tideline.patterns.rule.plan;

import org.jspecify.annotations.Nullable;

/** A part that is a whole number of 64 bits. */
@FunctionalInterface
public non-sealed interface Whole<S> extends Node<S> {
    /** The number; if there is none, any, and the trial has failed. */
    long whole(Trial<S> trial);

    /** Allocates beyond −128…127. */
    @Override
    default @Nullable Object boxed(Trial<S> trial) {
        long number = whole(trial);
        return trial.takeFailure() ? null : (Object) number;
    }
}
