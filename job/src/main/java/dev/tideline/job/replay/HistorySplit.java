package dev.tideline.job.replay;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * The one split of a history: its file, and how many of its records have been read.
 *
 * @param file of the sorted history
 */
record HistorySplit(String file, long read) implements SourceSplit {
    @Override
    public String splitId() {
        return "history";
    }
}
