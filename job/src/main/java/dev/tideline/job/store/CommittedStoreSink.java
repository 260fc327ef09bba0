package dev.tideline.job.store;

import java.io.Serial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes rows when their checkpoint completes, as Kafka's transactions do: after a fault neither the table nor the topic
 * holds what the other does not.
 *
 * <p>Rows travel in the checkpoint. Once it is complete they are written until they are in, also after a restart; all
 * statements may be repeated. At the end of bounded input what is left is written too. A row that the database refuses is
 * logged by table and code and counted ({@code rowsRefused}, and the sink's own {@code failedCommittables}); there is no way
 * back into the stream from here.
 */
public final class CommittedStoreSink implements Sink<StoreRow>, SupportsCommitter<StoreBatch> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int ROWS_A_BATCH = 1000;

    private final JdbcConnectionOptions connection;
    private final int retentionMonths;

    /**
     * @param connection where the database is
     * @param retentionMonths rows of older months go to the default partition
     */
    public CommittedStoreSink(JdbcConnectionOptions connection, int retentionMonths) {
        this.connection = connection;
        this.retentionMonths = retentionMonths;
    }

    @Override
    public CommittingSinkWriter<StoreRow, StoreBatch> createWriter(WriterInitContext context) {
        return new Gathering();
    }

    @Override
    public Committer<StoreBatch> createCommitter(CommitterInitContext context) {
        return new StoreCommitter(new BatchWriter(
                new SimpleJdbcConnectionProvider(connection),
                new PartitionsAhead(retentionMonths),
                Patience.A_MINUTE,
                new StoreMetrics(context.metricGroup())));
    }

    @Override
    public SimpleVersionedSerializer<StoreBatch> getCommittableSerializer() {
        return new StoreBatchSerializer();
    }

    /** Owns the rows since the last checkpoint, in memory; they leave with it. Never talks to the database. */
    static final class Gathering implements CommittingSinkWriter<StoreRow, StoreBatch> {
        private List<StoreRow> rows = new ArrayList<>();

        @Override
        public void write(StoreRow row, Context context) {
            rows.add(row);
        }

        @Override
        public void flush(boolean endOfInput) {
            // Nothing is on its way: rows wait for prepareCommit.
        }

        @Override
        public Collection<StoreBatch> prepareCommit() {
            List<StoreBatch> batches = new ArrayList<>();
            for (int begin = 0; begin < rows.size(); begin += ROWS_A_BATCH) {
                int end = Math.min(begin + ROWS_A_BATCH, rows.size());
                batches.add(new StoreBatch(List.copyOf(rows.subList(begin, end))));
            }
            rows = new ArrayList<>();
            return batches;
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }
}
