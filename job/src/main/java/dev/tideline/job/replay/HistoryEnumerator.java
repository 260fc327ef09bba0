package dev.tideline.job.replay;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Gives the one split to the first reader that asks, and tells all others that there is no more. */
final class HistoryEnumerator implements SplitEnumerator<HistorySplit, List<HistorySplit>> {
    private final SplitEnumeratorContext<HistorySplit> context;
    private final List<HistorySplit> unread;

    HistoryEnumerator(SplitEnumeratorContext<HistorySplit> context, List<HistorySplit> unread) {
        this.context = context;
        this.unread = new ArrayList<>(unread);
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        if (unread.isEmpty()) {
            context.signalNoMoreSplits(subtask);
        } else {
            context.assignSplit(unread.remove(0), subtask);
        }
    }

    @Override
    public void addSplitsBack(List<HistorySplit> splits, int subtask) {
        unread.addAll(splits);
    }

    @Override
    public void addReader(int subtask) {}

    @Override
    public List<HistorySplit> snapshotState(long checkpoint) {
        return List.copyOf(unread);
    }

    @Override
    public void close() {}
}
