package dev.tideline.job.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a rule did, as it is kept over a restart.
 *
 * @param changed whether there is something that was not told yet
 * @param latest the last status; null while the version is counted of but not known to be accepted
 */
public record RuleTally(
        String key,
        int version,
        Map<String, Long> counts,
        boolean changed,
        @Nullable RuleStatus latest) {

    /** What tasks count where they stop a rule for a user. */
    static final String STOPPED = "stopped";

    /** What tasks count where a rule fails on its own. */
    static final String BROKEN = "broken";

    static RuleTally empty(String key, int version) {
        return new RuleTally(key, version, Map.of(), false, null);
    }

    RuleTally counted(String what) {
        Map<String, Long> more = new TreeMap<>(counts);
        more.merge(what, 1L, Long::sum);
        return new RuleTally(key, version, more, true, latest);
    }

    RuleTally before(RuleStatus status) {
        return new RuleTally(key, version, counts, changed, status);
    }

    RuleTally after(RuleStatus status) {
        return new RuleTally(key, version, counts, false, status);
    }

    /** The last status, or the one given, with all that was counted. */
    RuleStatus tell(RuleStatus status, int mostPartials) {
        List<String> remarks = new ArrayList<>();
        long stopped = counts.getOrDefault(STOPPED, 0L);
        if (stopped > 0) {
            remarks.add("stopped for a user " + times(stopped) + ": more than " + mostPartials + " partial matches");
        }
        long broken = counts.getOrDefault(BROKEN, 0L);
        if (broken > 0) {
            remarks.add("could not be evaluated " + times(broken) + " and is not looked for any more");
        }
        return status.with(counts, remarks.isEmpty() ? null : String.join("; ", remarks));
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }
}
