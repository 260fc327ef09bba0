package dev.tideline.job.person;

import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.StaffAction;

/** Where a person's steps tell what they found. */
interface Telling {
    void alert(AlertMessage message);

    void change(SegmentChange change);

    /**
     * A derived fact, in its place.
     *
     * @param counts whether it is for segments too
     */
    void fact(Fact fact, boolean counts);

    /** A staff action that does not fit the alert that it names. */
    void refused(StaffAction action, String reason);

    /**
     * Something that a rule would have done, were it live.
     *
     * @param rule its key
     */
    void counted(String rule, int version, String what);

    /**
     * A rule stopped for a user.
     *
     * @param rule its key
     * @param broken whether it is the rule that fails, for everybody, and not the user who has too many partial matches
     */
    void stopped(String rule, int version, boolean broken);
}
