package dev.tideline.job.replay;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * The one split of a history.
 *
 * @param history its name on the {@link HistoryShelf}
 */
record HistorySplit(String history) implements SourceSplit {
    @Override
    public String splitId() {
        return "history";
    }
}
