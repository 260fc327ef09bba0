package dev.tideline.patterns.rule.plan;

import org.jspecify.annotations.Nullable;

/** A part that is an object, or anything at all where the type is known at run time only. */
@FunctionalInterface
public non-sealed interface Thing<S> extends Node<S> {
    /** The value; null is an error. */
    @Nullable
    Object thing(Trial<S> trial);

    @Override
    default @Nullable Object boxed(Trial<S> trial) {
        return thing(trial);
    }
}
