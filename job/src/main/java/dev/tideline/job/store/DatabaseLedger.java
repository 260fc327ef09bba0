package dev.tideline.job.store;

import dev.tideline.job.emit.Ledger;
import dev.tideline.job.privacy.NewDataKey;
import dev.tideline.job.rules.RuleStatus;
import dev.tideline.job.settings.Settings;
import dev.tideline.job.step.Step;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.Result;
import dev.tideline.patterns.fact.SegmentChange;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Keeps everything in PostgreSQL: segment changes when their checkpoint completes, as on their topic; all else as soon as a
 * batch is full or old enough.
 *
 * @param settings where the database is
 */
public record DatabaseLedger(Settings.Database settings) implements Ledger {
    private static final int PATIENCE_SECONDS = 300;

    @Override
    public DataStream<DeadLetter> keep(
            DataStream<Result> results,
            DataStream<SegmentChange> changes,
            DataStream<NewDataKey> keys,
            DataStream<RuleStatus> rules) {
        TypeInformation<StoreRow> row = TypeInformation.of(StoreRow.class);
        DataStream<StoreRow> changeRows = Step.CHANGE_ROWS.mark(
                changes.<StoreRow>flatMap((change, out) -> Rows.of(change).forEach(out::collect))
                        .returns(row));
        Step.SEGMENTS_STORE.mark(changeRows.sinkTo(new CommittedStoreSink(connection(), settings.retentionMonths())));
        DataStream<StoreRow> keyRows = Step.KEY_ROWS.mark(
                keys.<StoreRow>flatMap((key, out) -> Rows.ofKey(key.user(), key.keyId(), key.wrappedKey(), key.at())
                                .forEach(out::collect))
                        .returns(row));
        DataStream<StoreRow> ruleRows =
                Step.RULE_ROWS.mark(rules.flatMap(new RuleRows()).returns(row));
        // On a task of its own: a database that is away holds back the rest only when the buffers between are full.
        DataStream<StoreRow> rows =
                Step.ROWS.mark(results.flatMap(new ResultRows()).returns(row)).startNewChain();
        StoreOperator store = new StoreOperator(connection(), batches(), settings.retentionMonths());
        return Step.STORE.mark(
                rows.union(keyRows, ruleRows).transform("store", TypeInformation.of(DeadLetter.class), store));
    }

    private JdbcConnectionOptions connection() {
        return connection(settings, PATIENCE_SECONDS);
    }

    /** @param patienceSeconds after so long a network that swallows everything no longer looks like a slow answer */
    static JdbcConnectionOptions connection(Settings.Database settings, int patienceSeconds) {
        return new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                .withUrl(settings.url())
                .withDriverName("org.postgresql.Driver")
                .withUsername(settings.user())
                .withPassword(settings.password().value())
                .withProperty("ApplicationName", "tideline")
                .withProperty("tcpKeepAlive", "true")
                .withProperty("socketTimeout", Integer.toString(patienceSeconds))
                .build();
    }

    private JdbcExecutionOptions batches() {
        return JdbcExecutionOptions.builder()
                .withBatchSize(settings.batchSize())
                .withBatchIntervalMs(settings.batchInterval().toMillis())
                .build();
    }
}
