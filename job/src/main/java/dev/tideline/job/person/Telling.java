package dev.tideline.job.person;

import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.StaffAction;

/** Where a person's steps tell what they found. */
interface Telling {
    void alert(AlertMessage message);

    void change(SegmentChange change);

    /** A derived fact, in its place. */
    void fact(Fact fact);

    /** A staff action that does not fit the alert that it names. */
    void refused(StaffAction action, String reason);
}
