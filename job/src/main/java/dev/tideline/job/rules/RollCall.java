package dev.tideline.job.rules;

import java.util.HashMap;
import java.util.Map;

/**
 * What each task says that it has. Kept by nobody: after every start the tasks say it again, and what the tasks of a run with
 * another parallelism said counts no more. For one thread.
 */
final class RollCall {
    private final Map<Integer, Long> taken = new HashMap<>();
    private int tasks;

    /** A task has every revision up to this one. */
    void take(RuleReport report) {
        if (report.tasks() != tasks) {
            taken.clear();
            tasks = report.tasks();
        }
        taken.merge(report.task(), report.revision(), Math::max);
    }

    /** The highest revision that every task has; 0 while some have not said anything. */
    long everyoneHas() {
        if (tasks == 0 || taken.size() < tasks) {
            return 0;
        }
        return taken.values().stream().mapToLong(Long::longValue).min().orElse(0);
    }
}
