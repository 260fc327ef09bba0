package dev.tideline.job.store;

import dev.tideline.job.rules.RuleStatus;
import dev.tideline.patterns.fact.RuleRecord;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** The segments that are in force, as rows. */
final class RuleRows implements FlatMapFunction<RuleStatus, StoreRow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(RuleStatus status, Collector<StoreRow> out) {
        List<StoreRow> rows = switch (status.verdict()) {
            case ACCEPTED -> Rows.of(new RuleRecord(status.key(), status.document(), status.at()));
            case REMOVED -> Rows.of(new RuleRecord(status.key(), null, status.at()));
            case REJECTED, WAITING, LIVE -> List.of();
        };
        rows.forEach(out::collect);
    }
}
