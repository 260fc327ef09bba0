package dev.tideline.job.rules;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Hands the one split to the one reader. */
final class RuleFilesEnumerator implements SplitEnumerator<RuleFilesSplit, Boolean> {
    private final SplitEnumeratorContext<RuleFilesSplit> context;
    private @Nullable RuleFilesSplit unread;

    RuleFilesEnumerator(SplitEnumeratorContext<RuleFilesSplit> context, @Nullable RuleFilesSplit unread) {
        this.context = context;
        this.unread = unread;
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
        if (unread != null) {
            context.assignSplit(unread, subtask);
            unread = null;
        }
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public void addSplitsBack(List<RuleFilesSplit> splits, int subtask) {
        unread = splits.isEmpty() ? unread : splits.get(0);
    }

    /** Whether the split is still to be handed out. */
    @Override
    public Boolean snapshotState(long checkpoint) {
        return unread != null;
    }

    @Override
    public void close() {}
}
