package dev.tideline.job.store;

import dev.tideline.patterns.fact.DeadLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows to PostgreSQL in batches; what comes out are the rows that it refused, as dead letters.
 *
 * <p>A batch goes when it is full, when its first row has waited long enough, before each checkpoint's barrier, and at the
 * end of input; so each row is written at least once, and all statements may be repeated. While the database is away the
 * operator waits and holds back what is before it.
 *
 * <p>Owns: at most one batch of rows, not in state. Lifecycle: a batch ends with its transaction; a checkpoint finds none.
 * Never: skips a row because the database is away, or lets a value into a log or dead letter.
 */
public final class StoreOperator extends AbstractStreamOperator<DeadLetter>
        implements OneInputStreamOperator<StoreRow, DeadLetter>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final JdbcConnectionOptions connection;
    private final JdbcExecutionOptions execution;
    private final int retentionMonths;

    private transient List<StoreRow> batch = new ArrayList<>();
    private transient @Nullable BatchWriter writer;
    private transient boolean timerSet;

    /**
     * @param connection where the database is
     * @param execution the size of a batch, and how long (in milliseconds) its first row waits at most; retries are not
     *     counted
     * @param retentionMonths rows of older months go to the default partition
     */
    public StoreOperator(JdbcConnectionOptions connection, JdbcExecutionOptions execution, int retentionMonths) {
        this.connection = connection;
        this.execution = execution;
        this.retentionMonths = retentionMonths;
    }

    @Override
    public void open() throws Exception {
        super.open();
        batch = new ArrayList<>();
        BatchWriter opened = new BatchWriter(
                new SimpleJdbcConnectionProvider(connection),
                new PartitionsAhead(retentionMonths),
                Patience.WITHOUT_END,
                new StoreMetrics(getMetricGroup()));
        writer = opened;
        // A thread that waits for an answer from the network does not notice an interrupt.
        getContainingTask().getCancelables().registerCloseable(opened::abort);
    }

    @Override
    public void processElement(StreamRecord<StoreRow> element) throws Exception {
        batch.add(element.getValue());
        if (batch.size() >= execution.getBatchSize()) {
            flush();
        } else if (!timerSet) {
            timerSet = true;
            getProcessingTimeService().registerTimer(processingTime() + execution.getBatchIntervalMs(), this::onTime);
        }
    }

    private void onTime(long timestamp) throws InterruptedException {
        timerSet = false;
        flush();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpoint);
    }

    @Override
    public void endInput() throws InterruptedException {
        flush();
    }

    private void flush() throws InterruptedException {
        BatchWriter opened = writer;
        if (batch.isEmpty() || opened == null) {
            return;
        }
        List<RefusedRow> refused = opened.write(batch);
        batch = new ArrayList<>();
        for (RefusedRow row : refused) {
            output.collect(new StreamRecord<>(row.toDeadLetter(Instant.ofEpochMilli(processingTime()))));
        }
    }

    private long processingTime() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    @Override
    public void close() throws Exception {
        if (writer != null) {
            writer.close();
        }
        super.close();
    }
}
