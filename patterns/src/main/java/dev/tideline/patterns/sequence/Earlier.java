package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.rule.Recollection;
import org.jspecify.annotations.Nullable;

/** The facts that a partial match took, as predicates ask for them. */
interface Earlier {
    /** The last one. */
    Fact previous();

    /** The latest that the step took; null if there is none. */
    @Nullable
    Fact step(String name, String[] names);

    /** A number of the last one. */
    default long recalled(Recollection number) {
        return number.of(previous());
    }
}
