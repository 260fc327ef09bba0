package dev.tideline.patterns.rule.plan;

/** A JSON object that can be asked for one member without being built as a whole; as a whole it is a map. */
public interface Members<S> extends Thing<S> {
    /** The member of that name; an error where there is none. */
    Thing<S> member(String name);

    /** Whether there is such a member; an error where there is no object. */
    Truth<S> has(String name);
}
