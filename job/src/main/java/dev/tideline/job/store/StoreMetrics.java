package dev.tideline.job.store;

import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts rows by table, refused ones, and shows whether the writer waits for a database that is away. */
final class StoreMetrics implements Progress {
    private static final Logger LOG = LoggerFactory.getLogger(StoreMetrics.class);

    private final Map<Table, Counter> written = new EnumMap<>(Table.class);
    private final Counter refused;
    private volatile boolean away;

    StoreMetrics(MetricGroup metrics) {
        for (Table table : Table.values()) {
            written.put(
                    table,
                    metrics.addGroup("table", table.name().toLowerCase(java.util.Locale.ROOT))
                            .counter("rowsWritten"));
        }
        refused = metrics.counter("rowsRefused");
        metrics.gauge("waitingForDatabase", () -> away ? 1 : 0);
    }

    @Override
    public void written(Table table, int rows) {
        Counter counter = written.get(table);
        if (counter != null) {
            counter.inc(rows);
        }
    }

    @Override
    public void refused(RefusedRow row) {
        refused.inc();
        LOG.warn(
                "PostgreSQL refused a row of {} with SQLState {}",
                row.row().table().sqlName(),
                row.sqlState());
    }

    @Override
    public void waiting(boolean isAway) {
        if (isAway != away) {
            LOG.warn(isAway ? "PostgreSQL does not answer; waiting for it" : "PostgreSQL answers again");
        }
        away = isAway;
    }
}
