package dev.tideline.job.benchmark;

import dev.tideline.job.emit.Ledger;
import dev.tideline.job.privacy.NewDataKey;
import dev.tideline.job.rules.RuleStatus;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.Result;
import dev.tideline.patterns.fact.SegmentChange;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@link Watch} what comes, and hands it on.
 *
 * @param inner null where nothing is kept
 */
record WatchedLedger(@Nullable Ledger inner) implements Ledger {
    @Override
    public @Nullable DataStream<DeadLetter> keep(
            DataStream<Result> results,
            DataStream<SegmentChange> changes,
            DataStream<NewDataKey> keys,
            DataStream<RuleStatus> statuses) {
        DataStream<Result> watched = results.map(result -> {
                    Watch.current().saw(result);
                    return result;
                })
                .returns(Result.class)
                .uid("watched-results");
        changes.map(change -> {
                    Watch.current().saw(change);
                    return change;
                })
                .returns(SegmentChange.class)
                .uid("watched-changes")
                .sinkTo(new DiscardingSink<>())
                .uid("no-changes");
        if (inner != null) {
            return inner.keep(watched, changes, keys, statuses);
        }
        watched.sinkTo(new DiscardingSink<>()).uid("no-results");
        keys.sinkTo(new DiscardingSink<>()).uid("no-keys");
        statuses.sinkTo(new DiscardingSink<>()).uid("no-statuses");
        return null;
    }
}
