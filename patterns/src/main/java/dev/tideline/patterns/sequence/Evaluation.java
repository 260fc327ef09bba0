package dev.tideline.patterns.sequence;

/** How a sequence is evaluated: by a small automaton of its shape, or by Flink CEP's NFA. Both find the same matches. */
public enum Evaluation {
    /** One step that takes one fact: nothing is kept. */
    ONE_FACT("one fact by itself"),
    /** Steps that compare their fact with earlier ones. */
    RUN("a falling or rising run"),
    /** One step that happens so many times. */
    COUNT("so many in a window"),
    /** Two steps. */
    THEN("A then B"),
    /** More than two steps, or steps that repeat. */
    ALL("all of these within a window"),
    /** Steps with something that must not happen after or between them. */
    ABSENCE("absence after or between"),
    /** Everything else: loops without a fixed number, optional and greedy steps, until. */
    NFA("Flink CEP's NFA");

    private final String words;

    Evaluation(String words) {
        this.words = words;
    }

    /** In plain English. */
    public String words() {
        return words;
    }
}
