package dev.tideline.job.rules;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a task that follows persons says of the rules: that it has taken over a revision, or that something happened which
 * nobody else is told.
 *
 * @param task 0 … {@code tasks} − 1
 * @param tasks how many there are
 * @param revision {@link Kind#TAKEN}: the highest revision that this task has, with all below it
 * @param key {@link Kind#COUNTED}: the rule, {@code kind/id}
 * @param version of that rule
 * @param what {@link Kind#COUNTED}: one thing that happened, such as {@code entered}, {@code signal AMBER} or
 *     {@code stopped}
 */
public record RuleReport(
        Kind kind,
        int task,
        int tasks,
        long revision,
        @Nullable String key,
        int version,
        @Nullable String what) implements Serializable {

    /** What is reported. */
    public enum Kind {
        /** The task has every revision up to this one. */
        TAKEN,
        /** A shadow rule would have done something, or a rule was stopped for a user. */
        COUNTED
    }

    /** The task has every revision up to this one. */
    public static RuleReport taken(int task, int tasks, long revision) {
        return new RuleReport(Kind.TAKEN, task, tasks, revision, null, 0, null);
    }

    /** Something happened once. */
    public static RuleReport counted(int task, int tasks, String key, int version, String what) {
        return new RuleReport(Kind.COUNTED, task, tasks, 0, key, version, what);
    }
}
