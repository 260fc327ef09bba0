package dev.tideline.job.rules;

import dev.tideline.job.ingest.WallClock;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that rules come from.
 *
 * @param catalogue whether the shipped rules count
 * @param directory of own rules, as the machine sees it that looks; null = none
 * @param known what the job starts with
 * @param clock says when something was noticed
 */
public record WatchedFiles(boolean catalogue, @Nullable String directory, List<ToldRule> known, WallClock clock)
        implements Serializable {

    public WatchedFiles {
        known = List.copyOf(known);
    }
}
