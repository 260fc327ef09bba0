package dev.tideline.job.person;

import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Result;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.StaffAction;
import java.time.Instant;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Tells everything to Flink's outputs: alerts both on their own way out and, for the database, in order with all that comes
 * of the person.
 *
 * @param lateAt where event time stood when what comes late was taken; null if nothing does
 */
record Told(
        SideOutput side,
        Collector<Result> out,
        Reports reports,
        @Nullable Instant lateAt) implements Telling {
    /** The part of Flink's contexts that writes to a side output. */
    interface SideOutput {
        <T> void output(OutputTag<T> tag, T value);
    }

    @Override
    public void alert(AlertMessage message) {
        side.output(PersonFunction.ALERTS, message);
        out.collect(Result.of(message));
    }

    @Override
    public void change(SegmentChange change) {
        side.output(PersonFunction.CHANGES, change);
    }

    @Override
    public void fact(Fact fact, boolean counts) {
        out.collect(Result.of(fact, fact.late() ? lateAt : null, counts));
    }

    @Override
    public void refused(StaffAction action, String reason) {
        side.output(PersonFunction.REFUSED, DeadLetters.badAction(action, reason));
    }

    @Override
    public void counted(String rule, int version, String what) {
        side.output(PersonFunction.REPORTS, reports.counted(rule, version, what));
    }

    @Override
    public void stopped(String rule, int version, boolean broken) {
        side.output(PersonFunction.REPORTS, reports.stopped(rule, version, broken));
    }
}
