package dev.tideline.job.rules;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A change to the rules that every task takes over: numbered by the gate, so that all of them agree on the order.
 * After a restart the last one comes once more, for the tasks to say again that they have it.
 *
 * <p>On the same way comes the word that history was read ({@link Kind#FILLED}).
 *
 * @param number 1, 2, 3 …; 0 for the rules that were there from the start; {@link Kind#FILLED}: the pass, which is the highest
 *     revision that it was made for
 * @param key {@code kind/id}; empty for {@link Kind#FILLED}
 * @param json the accepted document; null removes the rule
 * @param effectiveMillis the rule holds for facts at or after this instant (epoch milliseconds)
 * @param awaitsHistory whether the rule asks for what nobody has counted until now, and says nothing before that was read
 */
public record RuleRevision(
        Kind kind, long number, String key, @Nullable String json, long effectiveMillis, boolean awaitsHistory)
        implements Serializable {

    /** What every task is told. */
    public enum Kind {
        /** A rule comes, changes or goes. */
        CHANGE,
        /** All that revisions up to this number waited for was read, and every task has been given it. */
        FILLED
    }

    /** A rule that waits for no history. */
    public RuleRevision(long number, String key, @Nullable String json, long effectiveMillis) {
        this(Kind.CHANGE, number, key, json, effectiveMillis, false);
    }

    /** What revisions up to the pass waited for is there. */
    public static RuleRevision filled(long pass) {
        return new RuleRevision(Kind.FILLED, pass, "", null, Long.MIN_VALUE, false);
    }

    /** The same rule, which waits until history was read. */
    public RuleRevision awaitingHistory() {
        return new RuleRevision(kind, number, key, json, effectiveMillis, true);
    }
}
