package dev.tideline.job.history;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the time before a rule.
 *
 * @param past where it is read; null = nowhere
 * @param complete whether every rule that ever comes is known from before the first event, so that nothing need be read
 */
public record HistoryOptions(@Nullable Past past, boolean complete) implements Serializable {
    /** Rules that ask for the past wait until it was read. */
    public static HistoryOptions from(Past past) {
        return new HistoryOptions(past, false);
    }

    /** Rules count from when they come. */
    public static HistoryOptions none() {
        return new HistoryOptions(null, false);
    }

    /** What any rule asks for was counted from the beginning. */
    public static HistoryOptions unneeded() {
        return new HistoryOptions(null, true);
    }
}
