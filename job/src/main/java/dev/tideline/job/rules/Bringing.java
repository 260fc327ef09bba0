package dev.tideline.job.rules;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far all tasks together have got with bringing their users to revisions. Kept by nobody: a task that has not come through
 * begins anew after a restart, and says so. For one thread.
 */
final class Bringing {
    private static final int MOST = 10_000;

    private final Map<Long, Map<Integer, RuleReport.Reached>> byRevision = new TreeMap<>();
    private final Set<Long> news = new TreeSet<>();
    private int tasks;

    void take(RuleReport report) {
        RuleReport.Reached reached = report.reached();
        if (reached == null) {
            return;
        }
        if (report.tasks() != tasks) {
            byRevision.clear();
            news.clear();
            tasks = report.tasks();
        }
        for (long revision : reached.revisions()) {
            if (byRevision.containsKey(revision) || byRevision.size() < MOST) {
                byRevision.computeIfAbsent(revision, any -> new HashMap<>()).put(report.task(), reached);
                news.add(revision);
            }
        }
    }

    /** The revisions of which something was said since this was last asked, and every task has said something. */
    Set<Long> news() {
        Set<Long> told = new HashSet<>(news);
        told.removeIf(revision -> of(revision) == null);
        news.clear();
        return told;
    }

    /** Whether all users of all tasks have come to a revision of which there is news. */
    boolean anyIsThrough() {
        return news.stream().anyMatch(this::isThrough);
    }

    boolean isThrough(long revision) {
        Map<Integer, RuleReport.Reached> said = byRevision.get(revision);
        return said != null && said.size() == tasks && said.values().stream().allMatch(RuleReport.Reached::through);
    }

    /** So many users of so many; null before every task has said something. */
    RuleStatus.@Nullable Progress of(long revision) {
        Map<Integer, RuleReport.Reached> said = byRevision.get(revision);
        if (said == null || said.size() < tasks) {
            return null;
        }
        return new RuleStatus.Progress(
                said.values().stream().mapToLong(RuleReport.Reached::users).sum(),
                said.values().stream().mapToLong(RuleReport.Reached::of).sum());
    }

    /** No more is to be said of a revision. */
    void forget(long revision) {
        byRevision.remove(revision);
    }
}
