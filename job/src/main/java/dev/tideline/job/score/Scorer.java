package dev.tideline.job.score;

import dev.tideline.nlp.TextScore;
import dev.tideline.nlp.TextScorer;
import java.io.Serializable;

/** Says what a text means; the same text always means the same. Safe for many threads. */
@FunctionalInterface
public interface Scorer extends Serializable {
    /** The shipped models, one instance a process; loaded when the first text comes. */
    Scorer SHIPPED = text -> TextScorer.shared().score(text);

    TextScore score(String text);
}
