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
            case REMOVED -> removal(status);
            // What was withdrawn waits, and nothing of it runs: as long as it does, it is not in force.
            case WAITING -> status.running() == null ? removal(status) : List.of();
            case REJECTED, BACKFILLING, LIVE -> List.of();
        };
        rows.forEach(out::collect);
    }

    private static List<StoreRow> removal(RuleStatus status) {
        return Rows.of(new RuleRecord(status.key(), null, status.at()));
    }
}
