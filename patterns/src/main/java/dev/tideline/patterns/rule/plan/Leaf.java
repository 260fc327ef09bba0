package dev.tideline.patterns.rule.plan;

/** What a variable or a field of one stands for. */
public sealed interface Leaf<S> {
    /** A value that can be read. */
    record Value<S>(Node<S> node) implements Leaf<S> {}

    /** An object of declared fields, known only by them. */
    non-sealed interface Struct<S> extends Leaf<S> {
        /** A declared field. */
        Leaf<S> field(String name);

        /** Whether the object has the declared field. */
        Truth<S> has(String name);
    }
}
