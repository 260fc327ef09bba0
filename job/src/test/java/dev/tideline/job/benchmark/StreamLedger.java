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

/** Keeps nothing, and tells {@link Stream} of each event. */
record StreamLedger() implements Ledger {
    @Override
    public @Nullable DataStream<DeadLetter> keep(
            DataStream<Result> results,
            DataStream<SegmentChange> changes,
            DataStream<NewDataKey> keys,
            DataStream<RuleStatus> statuses) {
        results.map(result -> {
                    Stream.saw(result);
                    return result;
                })
                .returns(Result.class)
                .uid("watched-results")
                .sinkTo(new DiscardingSink<>())
                .uid("no-results");
        changes.sinkTo(new DiscardingSink<>()).uid("no-changes");
        keys.sinkTo(new DiscardingSink<>()).uid("no-keys");
        statuses.sinkTo(new DiscardingSink<>()).uid("no-statuses");
        return null;
    }
}
