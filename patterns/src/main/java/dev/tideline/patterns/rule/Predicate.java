package dev.tideline.patterns.rule;

import org.jspecify.annotations.Nullable;

/**
 * A compiled CEL expression. Two predicates of the same source are equal. Immutable and safe for use by many threads.
 */
public interface Predicate {
    /** The CEL text, as it stood in the document. */
    String source();

    /** How it is evaluated, for a person who reads an explanation of the rule: a phrase without a full stop. */
    default String evaluation() {
        return "run by CEL's interpreter";
    }

    /**
     * Whether it may ask for a fact that a sequence accepted before: {@link Scope#previous()} or {@link Scope#step}. Where it is
     * not known, yes.
     */
    default boolean looksBack() {
        return true;
    }

    /** What it asks of facts accepted before, if that is one number of {@link Scope#previous()} and nothing else. */
    default @Nullable Recollection recollection() {
        return null;
    }

    /** Whether it holds; an evaluation that ends in an error is false. Never throws. */
    boolean test(Scope scope);
}
