package dev.tideline.job.rules;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of rules that wait for the past. Kept by nobody: after every start those who know say it again. For one
 * thread.
 */
final class Backfills {
    private final RollCall filled = new RollCall();
    private final Map<String, RuleReport> sent = new HashMap<>();
    private long through;
    private long pass;
    private RuleStatus.@Nullable Progress progress;

    /** A revision was let through; it waits for the past, or does not. */
    void sent(RuleReport report) {
        through = Math.max(through, report.revision());
        if (report.key() != null) {
            sent.put(report.key(), report);
        }
    }

    /** The past was read a bit further. */
    void read(RuleReport report) {
        RuleReport.OfPast past = report.past();
        if (past != null) {
            pass = report.revision();
            progress = new RuleStatus.Progress(past.done(), past.users());
        }
    }

    /** A task has shown its users what was read. */
    void filled(RuleReport report) {
        filled.take(report);
    }

    /** Whether it is known whether the rule waits. */
    boolean knows(RuleStatus status) {
        return status.revision() <= through;
    }

    /** Whether the rule waits. */
    boolean awaited(RuleStatus status) {
        RuleReport.OfPast past = past(status);
        return past != null && past.awaited() && status.revision() > filled.everyoneHas();
    }

    /** The rule while it waits, and how far reading for it has come. */
    RuleStatus waiting(RuleStatus status) {
        return since(status).backfilling(status.revision() <= pass ? progress : null);
    }

    /** The rule now that nothing is waited for. */
    RuleStatus live(RuleStatus status) {
        return since(status).live();
    }

    private RuleStatus since(RuleStatus status) {
        RuleReport.OfPast past = past(status);
        return past == null || past.countingSinceMillis() == null
                ? status
                : status.countingSince(Instant.ofEpochMilli(past.countingSinceMillis()));
    }

    private RuleReport.@Nullable OfPast past(RuleStatus status) {
        RuleReport report = sent.get(status.key());
        return report == null || report.revision() != status.revision() ? null : report.past();
    }
}
