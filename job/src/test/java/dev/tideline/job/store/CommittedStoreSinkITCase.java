package dev.tideline.job.store;

import static dev.tideline.job.store.Samples.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommittedStoreSinkITCase {
    private static final int CHANGES = 2500;

    private final Database database = Database.migrated();

    private static List<StoreRow> changes(int from, int to) {
        List<StoreRow> rows = new ArrayList<>();
        for (int sequence = from; sequence <= to; sequence++) {
            rows.addAll(Rows.of(Samples.segmentChange(ANNA, sequence, sequence % 2 == 1)));
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void writesEverythingOfABoundedRunWithAndWithoutCheckpoints(boolean checkpoints) throws Exception {
        Configuration configuration = new Configuration().set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        if (checkpoints) {
            environment.enableCheckpointing(20);
        }
        environment
                .fromData(
                        TypeInformation.of(StoreRow.class), changes(1, CHANGES).toArray(new StoreRow[0]))
                .sinkTo(new CommittedStoreSink(database.options(), 24))
                .uid("segment-rows");
        environment.execute();

        assertThat(database.rows("SELECT count(*), min(sequence), max(sequence) FROM tideline.segment_changes"))
                .containsExactly(CHANGES + "|1|" + CHANGES);
        assertThat(database.rows("SELECT sequence, member FROM tideline.segment_membership"))
                .containsExactly(CHANGES + "|f");
    }

    @Test
    void writesNothingBeforeTheCheckpointCompletesAndTheSameTwiceOnce() throws Exception {
        CommittedStoreSink.Gathering writer = new CommittedStoreSink.Gathering();
        for (StoreRow row : changes(1, 3)) {
            writer.write(row, new WithoutTime());
        }
        writer.flush(false);
        List<StoreBatch> prepared = List.copyOf(writer.prepareCommit());
        assertThat(database.value("SELECT count(*) FROM tideline.segment_changes"))
                .isEqualTo("0");
        assertThat(writer.prepareCommit()).isEmpty();

        try (StoreCommitter committer = committer(database, Patience.WITHOUT_END)) {
            committer.commit(requests(prepared));
            committer.commit(requests(prepared));
        }
        assertThat(database.value("SELECT count(*) FROM tideline.segment_changes"))
                .isEqualTo("3");
    }

    @Test
    void handsRowsBackInTheirOrderWhileTheDatabaseIsAway() throws Exception {
        Database nowhere = Database.at("jdbc:postgresql://localhost:1/nowhere");
        List<Request> requests =
                requests(List.of(new StoreBatch(changes(1, 1)), new StoreBatch(changes(2, 2)))).stream()
                        .map(Request.class::cast)
                        .toList();
        Patience once = new Patience(Duration.ofMillis(1), Duration.ofMillis(1), 1);
        try (StoreCommitter committer = committer(nowhere, once)) {
            committer.commit(List.copyOf(requests));
        }

        assertThat(requests).extracting(request -> request.outcome).containsExactly("later", "later");
    }

    @Test
    void saysThatARowWasRefusedAndWritesTheOthers() throws Exception {
        List<StoreRow> rows = new ArrayList<>(changes(1, 3));
        List<String> values = new ArrayList<>(rows.get(0).values());
        values.set(2, "-1");
        rows.set(0, new StoreRow(rows.get(0).table(), values));
        List<CommitRequest<StoreBatch>> requests = requests(List.of(new StoreBatch(rows)));
        try (StoreCommitter committer = committer(database, Patience.WITHOUT_END)) {
            committer.commit(requests);
        }

        assertThat(((Request) requests.get(0)).outcome).isEqualTo("1 rows refused, the first with SQLState 23514");
        assertThat(database.value("SELECT count(*) FROM tideline.segment_changes"))
                .isEqualTo("2");
    }

    private static StoreCommitter committer(Database database, Patience patience) {
        return new StoreCommitter(new BatchWriter(
                new SimpleJdbcConnectionProvider(database.options()), new PartitionsAhead(24), patience, new Silent()));
    }

    private static List<CommitRequest<StoreBatch>> requests(List<StoreBatch> batches) {
        return batches.stream().<CommitRequest<StoreBatch>>map(Request::new).toList();
    }

    /** Where a row's own time does not matter. */
    private static final class WithoutTime implements SinkWriter.Context {
        @Override
        public long currentWatermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public @Nullable Long timestamp() {
            return null;
        }
    }

    /** A request that remembers what became of it. */
    private static final class Request implements CommitRequest<StoreBatch> {
        private final StoreBatch batch;
        private String outcome = "committed";

        Request(StoreBatch batch) {
            this.batch = batch;
        }

        @Override
        public StoreBatch getCommittable() {
            return batch;
        }

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            outcome = String.valueOf(reason.getMessage());
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            outcome = String.valueOf(reason.getMessage());
        }

        @Override
        public void retryLater() {
            outcome = "later";
        }

        @Override
        public void updateAndRetryLater(StoreBatch changed) {
            outcome = "changed";
        }

        @Override
        public void signalAlreadyCommitted() {
            outcome = "committed before";
        }
    }
}
