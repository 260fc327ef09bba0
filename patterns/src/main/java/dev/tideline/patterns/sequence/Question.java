package dev.tideline.patterns.sequence;

import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.Recollection;
import dev.tideline.patterns.rule.Sequence.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step asks of a fact. Where the answer does not depend on earlier facts it is found once per fact, however many partial
 * matches ask. One thread.
 */
final class Question {
    private final int kind;
    private final @Nullable Predicate where;
    private final boolean looksBack;
    private final boolean differs;
    private long answered = -1;
    private boolean answer;

    /**
     * @param kinds of the sequence; a kind of fact goes by its place in it
     */
    Question(Step step, List<String> kinds) {
        kind = kinds.indexOf(step.on());
        where = step.where();
        looksBack = where != null && where.looksBack();
        differs = looksBack;
    }

    private Question(Question same, boolean differs) {
        kind = same.kind;
        where = same.where;
        looksBack = same.looksBack;
        this.differs = differs;
    }

    /** The same, asked for partial matches that all took the same fact last. */
    Question ofOneBefore() {
        return new Question(this, looksBack && recollection() == null);
    }

    /** Whether the answers are equal for partial matches that took the same fact last. Goes by the words: may say no wrongly. */
    boolean asksTheSameAs(Question other) {
        if (kind != other.kind || looksBack != other.looksBack || where == null || other.where == null) {
            return kind == other.kind && where == null && other.where == null;
        }
        return where.source().equals(other.where.source())
                && (looksBack ? recollection() != null && other.recollection() != null : where.equals(other.where));
    }

    /** The one number that it asks of earlier facts, if that is all that it asks of them. */
    @Nullable
    Recollection recollection() {
        return where == null ? null : where.recollection();
    }

    boolean looksBack() {
        return looksBack;
    }

    boolean asks(int ofKind) {
        return kind == ofKind;
    }

    /** Whether the partial match's step takes the fact; null = the first step's. */
    boolean holds(Moment now, int ofKind, @Nullable Earlier partial) {
        if (ofKind != kind) {
            return false;
        }
        if (where == null) {
            return true;
        }
        if (differs) {
            return test(where, now, partial);
        }
        if (answered != now.tick()) {
            answer = test(where, now, partial);
            answered = now.tick();
        }
        return answer;
    }

    private static boolean test(Predicate where, Moment now, @Nullable Earlier partial) {
        now.of(partial);
        try {
            return where.test(now);
        } catch (RuntimeException wrong) {
            // A predicate that cannot be decided does not hold; one bad rule must not stop everybody's.
            return false;
        }
    }
}
