package dev.tideline.job.person;

import dev.tideline.job.rules.RuleReport;
import dev.tideline.job.rules.RuleRevision;
import java.util.HashSet;
import java.util.List;
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

    /** So far users were brought to what changes for everybody. */
    RuleReport reached(Sweep sweep, boolean through) {
        List<Long> revisions = sweep.turns().stream()
                .filter(turn -> turn.kind() == RuleRevision.Kind.CHANGE)
                .map(Turn::number)
                .toList();
        return RuleReport.reached(task, tasks, new RuleReport.Reached(revisions, sweep.done(), sweep.all(), through));
    }

    /** All users have been shown what was read of the past up to this pass. */
    RuleReport filled(long pass) {
        return RuleReport.filled(task, tasks, pass);
    }

    /** What trying out a version of a segment has come to. */
    RuleReport tried(String segment, Trial trial) {
        RuleReport.Trial told =
                new RuleReport.Trial(trial.size(), trial.entering(), trial.leaving(), trial.enters(), trial.leaves());
        return RuleReport.tried(task, tasks, "segment/" + segment, trial.version(), told);
    }

    /** A rule that fails on its own is logged, once; that a user has too many partial matches is only counted. */
    RuleReport stopped(String rule, int version, boolean broken) {
        if (broken && logged.add(rule + " " + version)) {
            LOG.warn("{} version {} cannot be evaluated and is not looked for any more", rule, version);
        }
        return counted(rule, version, broken ? "broken" : "stopped");
    }
}
