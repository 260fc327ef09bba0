package dev.tideline.job.rules;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where rules come from besides the topic, and what is said of them.
 *
 * @param fromTheStart rules that hold from before the first event
 * @param files are watched while the job runs; null = what was there at the start is all
 * @param endless whether the job goes on for ever
 * @param countsEvery what rules did is told at most so often; null = at the end
 * @param mostPartials how many partial matches a user may have of one sequence
 */
public record RuleOptions(
        List<RuleRevision> fromTheStart,
        @Nullable WatchedFiles files,
        boolean endless,
        @Nullable Duration countsEvery,
        int mostPartials)
        implements Serializable {

    /** How often a live job tells what rules did. */
    private static final Duration LIVE = Duration.ofSeconds(10);

    public RuleOptions {
        fromTheStart = List.copyOf(fromTheStart);
    }

    /** The rules of a job that goes on for ever. */
    public static RuleOptions live(List<RuleRevision> fromTheStart, @Nullable WatchedFiles files, int mostPartials) {
        return new RuleOptions(fromTheStart, files, true, LIVE, mostPartials);
    }

    /** The rules of a job that comes to an end. */
    public static RuleOptions bounded(List<RuleRevision> fromTheStart, int mostPartials) {
        return new RuleOptions(fromTheStart, null, false, null, mostPartials);
    }
}
