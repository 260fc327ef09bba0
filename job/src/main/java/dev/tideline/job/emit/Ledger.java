package dev.tideline.job.emit;

import dev.tideline.job.privacy.NewDataKey;
import dev.tideline.job.rules.RuleStatus;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.Result;
import dev.tideline.patterns.fact.SegmentChange;
import java.io.Serializable;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/** Where everything is kept: the database when live, a file of sessions in a replay. */
public interface Ledger extends Serializable {
    /**
     * Keeps what came about.
     *
     * @param results all but segment changes, each user's in order
     * @param changes of segments
     * @param keys data keys that were made
     * @param rules what became of each rule
     * @return what the store refuses; null where nothing can be refused
     */
    @Nullable
    DataStream<DeadLetter> keep(
            DataStream<Result> results,
            DataStream<SegmentChange> changes,
            DataStream<NewDataKey> keys,
            DataStream<RuleStatus> rules);
}
