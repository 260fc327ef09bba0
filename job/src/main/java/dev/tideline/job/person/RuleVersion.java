package dev.tideline.job.person;

import dev.tideline.job.rules.RuleRevision;

/**
 * A version of a rule as every task keeps it.
 *
 * @param since what comes late from this instant on (epoch milliseconds) is judged by this version, because those that held
 *     then are no longer kept; the revision's own instant while they are
 * @param filled whether history has come, if it awaits any
 */
public record RuleVersion(RuleRevision revision, long since, boolean filled) {
    static RuleVersion of(RuleRevision revision) {
        return new RuleVersion(revision, revision.effectiveMillis(), false);
    }

    /** From when the version holds (epoch milliseconds). */
    long from() {
        return revision.effectiveMillis();
    }

    /** Whether it says nothing yet, because history has not come. */
    boolean waits() {
        return revision.awaitsHistory() && !filled;
    }

    /** The same, now that history has come. */
    RuleVersion withHistory() {
        return new RuleVersion(revision, since, true);
    }

    /** Whether this is the end of a rule. */
    boolean removal() {
        return revision.json() == null;
    }

    /** This one, which also judges what comes late from the time of another that is kept no longer. */
    RuleVersion alsoFor(RuleVersion before) {
        return new RuleVersion(revision, Math.min(since, before.since), filled);
    }
}
