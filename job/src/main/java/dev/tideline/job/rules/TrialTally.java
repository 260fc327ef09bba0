package dev.tideline.job.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What shadow versions of segments have come to over all tasks, as each said last. Kept by nobody: after every start the tasks
 * say it again. For one thread.
 */
final class TrialTally {
    /** So many users are named each way. */
    private static final int MOST_NAMED = 100;

    private final Map<String, Map<Integer, RuleReport>> byKey = new TreeMap<>();
    private final Set<String> news = new HashSet<>();
    private int tasks;

    void take(RuleReport report) {
        if (report.tasks() != tasks) {
            byKey.clear();
            tasks = report.tasks();
        }
        String key = String.valueOf(report.key());
        byKey.computeIfAbsent(key, any -> new TreeMap<>()).put(report.task(), report);
        news.add(key);
    }

    /** Whether something was said of the rule since this was last asked. */
    boolean hasNews(String key) {
        return news.remove(key);
    }

    /** What the version has come to; null if nothing is known of it. */
    RuleStatus.@Nullable Trial of(String key, int version) {
        List<RuleReport.Trial> said = new ArrayList<>();
        for (RuleReport report : byKey.getOrDefault(key, Map.of()).values()) {
            if (report.trial() != null && report.version() == version) {
                said.add(report.trial());
            }
        }
        return said.isEmpty()
                ? null
                : new RuleStatus.Trial(
                        sum(said, RuleReport.Trial::size),
                        sum(said, RuleReport.Trial::entering),
                        sum(said, RuleReport.Trial::leaving),
                        some(said, RuleReport.Trial::enters),
                        some(said, RuleReport.Trial::leaves));
    }

    /** The rule is gone. */
    void forget(String key) {
        byKey.remove(key);
        news.remove(key);
    }

    private static long sum(List<RuleReport.Trial> said, ToLongFunction<RuleReport.Trial> number) {
        return said.stream().mapToLong(number).sum();
    }

    private static List<String> some(List<RuleReport.Trial> said, Function<RuleReport.Trial, List<String>> users) {
        return said.stream()
                .flatMap(trial -> users.apply(trial).stream())
                .sorted()
                .limit(MOST_NAMED)
                .toList();
    }
}
