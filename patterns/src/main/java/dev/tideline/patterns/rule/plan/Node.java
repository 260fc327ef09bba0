package dev.tideline.patterns.rule.plan;

import org.jspecify.annotations.Nullable;

/**
 * A planned part of an expression. The four kinds differ in how the value travels; none of them throws, and none allocates
 * unless its Javadoc says so.
 *
 * @param <S> what is asked about
 */
public sealed interface Node<S> permits Truth, Whole, Fraction, Thing {
    /** The value as CEL has it: Boolean, Long, Double, String, Instant, Duration, List, Map or null value; null is an error. */
    @Nullable
    Object boxed(Trial<S> trial);
}
