package dev.tideline.job.rules;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task that follows persons says of the rules: that it has taken over a revision, how many of its users have
 * come to it, that they have been shown what was read of their past, or that something happened which nobody else is told. And what is said by the step that reads the
 * past, through which every revision goes.
 *
 * @param task 0 … {@code tasks} − 1
 * @param tasks how many there are
 * @param revision {@link Kind#TAKEN}: the highest revision that this task has, with all below it; {@link Kind#FILLED}: the pass;
 *     {@link Kind#SENT}: the revision
 * @param key {@link Kind#COUNTED}, {@link Kind#SENT}, {@link Kind#TRIED}: the rule, {@code kind/id}
 * @param version of that rule
 * @param reached {@link Kind#REACHED}: how far it has got
 * @param trial {@link Kind#TRIED}: what it has come to
 * @param what {@link Kind#COUNTED}: one thing that happened, such as {@code entered}, {@code signal AMBER} or
 *     {@code stopped}
 * @param past {@link Kind#SENT}, {@link Kind#READ}: what is said of the past
 */
public record RuleReport(
        Kind kind,
        int task,
        int tasks,
        long revision,
        @Nullable String key,
        int version,
        @Nullable String what,
        @Nullable OfPast past,
        @Nullable Reached reached,
        @Nullable Trial trial)
        implements Serializable {

    /** What is reported. */
    public enum Kind {
        /** The task has every revision up to this one. */
        TAKEN,
        /** A shadow rule would have done something, or a rule was stopped for a user. */
        COUNTED,
        /** All users of the task have been shown what was read for revisions up to this one. */
        FILLED,
        /** The step that reads the past has let a revision through, with all below it. */
        SENT,
        /** The step that reads the past has got on. */
        READ,
        /** So many users of the task have come under what changes for everybody. */
        REACHED,
        /** What a shadow version of a segment would change among the users of the task. */
        TRIED
    }

    /**
     * What is said of the past.
     *
     * @param awaited whether the revision waits until it was read
     * @param countingSinceMillis from when on something is counted that the rule asks for and the past does not tell (epoch
     *     milliseconds); null where it tells all
     * @param done so many users were read
     * @param users of so many
     */
    public record OfPast(boolean awaited, @Nullable Long countingSinceMillis, long done, long users)
            implements Serializable {}

    /**
     * How far a task has got with bringing its users to changes.
     *
     * @param revisions the numbers of those that they are brought to
     * @param users so many have come there
     * @param of so many
     * @param through whether all have
     */
    public record Reached(List<Long> revisions, long users, long of, boolean through) implements Serializable {}

    /**
     * What a shadow version of a segment has come to.
     *
     * @param size how many are in it
     * @param entering how many of these are not in the live version
     * @param leaving how many are in the live version alone
     * @param enters some of those who would enter
     * @param leaves some of those who would leave
     */
    public record Trial(long size, long entering, long leaving, List<String> enters, List<String> leaves)
            implements Serializable {}

    /** The task has every revision up to this one. */
    public static RuleReport taken(int task, int tasks, long revision) {
        return new RuleReport(Kind.TAKEN, task, tasks, revision, null, 0, null, null, null, null);
    }

    /** Something happened once. */
    public static RuleReport counted(int task, int tasks, String key, int version, String what) {
        return new RuleReport(Kind.COUNTED, task, tasks, 0, key, version, what, null, null, null);
    }

    /** All users of the task have been shown what was read in the pass, and before it. */
    public static RuleReport filled(int task, int tasks, long pass) {
        return new RuleReport(Kind.FILLED, task, tasks, pass, null, 0, null, null, null, null);
    }

    /**
     * The revision was let through, with all below it.
     *
     * @param key the rule; null where only the number is to be told
     */
    public static RuleReport sent(
            long revision, @Nullable String key, boolean awaited, @Nullable Long countingSinceMillis) {
        OfPast past = new OfPast(awaited, countingSinceMillis, 0, 0);
        return new RuleReport(Kind.SENT, 0, 1, revision, key, 0, null, past, null, null);
    }

    /** So many users were read of so many, for all revisions up to this one that wait. */
    public static RuleReport read(long pass, long done, long users) {
        OfPast past = new OfPast(true, null, done, users);
        return new RuleReport(Kind.READ, 0, 1, pass, null, 0, null, past, null, null);
    }

    /** Users have come to changes. */
    public static RuleReport reached(int task, int tasks, Reached reached) {
        return new RuleReport(Kind.REACHED, task, tasks, 0, null, 0, null, null, reached, null);
    }

    /** A shadow version has come to this among the users of the task. */
    public static RuleReport tried(int task, int tasks, String key, int version, Trial trial) {
        return new RuleReport(Kind.TRIED, task, tasks, 0, key, version, null, null, null, trial);
    }
}
