package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact;
import org.jspecify.annotations.Nullable;

/**
 * A number of the fact that a sequence accepted before, such as {@code prev.mood.level}. Whoever hosts the sequence may read it
 * when the fact is accepted and keep it, so that nobody has to go back to the fact. Immutable; equal to another one of the same
 * field.
 */
public interface Recollection {
    /** The number in 64 bits, of which only the predicate knows what they mean; also where there is no fact, or no number. */
    long of(@Nullable Fact previous);
}
