package dev.tideline.patterns.sequence;

import dev.tideline.patterns.rule.Predicate;
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
    private long answered = -1;
    private boolean answer;

    /**
     * @param kinds of the sequence; a kind of fact goes by its place in it
     */
    Question(Step step, List<String> kinds) {
        kind = kinds.indexOf(step.on());
        where = step.where();
        looksBack = where != null && where.looksBack();
    }

    boolean looksBack() {
        return looksBack;
    }

    boolean asks(int ofKind) {
        return kind == ofKind;
    }

    /** Whether the partial match's step takes the fact; null = the first step's. */
    boolean holds(Moment now, int ofKind, @Nullable Partial partial) {
        if (ofKind != kind) {
            return false;
        }
        if (where == null) {
            return true;
        }
        if (looksBack) {
            return test(where, now, partial);
        }
        if (answered != now.tick()) {
            answer = test(where, now, partial);
            answered = now.tick();
        }
        return answer;
    }

    private static boolean test(Predicate where, Moment now, @Nullable Partial partial) {
        now.of(partial);
        try {
            return where.test(now);
        } catch (RuntimeException wrong) {
            // A predicate that cannot be decided does not hold; one bad rule must not stop everybody's.
            return false;
        }
    }
}
