package dev.tideline.job.person;

import dev.tideline.job.rules.RuleReport;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one task says of the rules. */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(PersonFunction.class);

    private final int task;
    private final int tasks;
    private final Set<String> logged = new HashSet<>();

    /** @param task 0 … {@code tasks} − 1 */
    Reports(int task, int tasks) {
        this.task = task;
        this.tasks = tasks;
    }

    RuleReport taken(long revision) {
        return RuleReport.taken(task, tasks, revision);
    }

    RuleReport counted(String rule, int version, String what) {
        return RuleReport.counted(task, tasks, rule, version, what);
    }

    /** A rule that fails on its own is logged, once; that a user has too many partial matches is only counted. */
    RuleReport stopped(String rule, int version, boolean broken) {
        if (broken && logged.add(rule + " " + version)) {
            LOG.warn("{} version {} cannot be evaluated and is not looked for any more", rule, version);
        }
        return counted(rule, version, broken ? "broken" : "stopped");
    }
}
