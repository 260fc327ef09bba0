package dev.tideline.patterns.rule.plan;

import org.jspecify.annotations.Nullable;

/** A part that is true, false or an error. */
@FunctionalInterface
public non-sealed interface Truth<S> extends Node<S> {
    int FALSE = 0;
    int TRUE = 1;
    int ERROR = 2;

    /** One of the three. */
    int truth(Trial<S> trial);

    @Override
    default @Nullable Object boxed(Trial<S> trial) {
        int truth = truth(trial);
        return truth == ERROR ? null : (Object) (truth == TRUE);
    }

    static int of(boolean truth) {
        return truth ? TRUE : FALSE;
    }
}
