package dev.tideline.job.store;

import static dev.tideline.job.store.Samples.ANNA;
import static dev.tideline.job.store.Samples.BEGINNING;
import static dev.tideline.job.store.Samples.hours;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.DeadLetter;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreOperatorITCase {
    private static final int BATCH = 1000;
    private static final long INTERVAL = 200;
    private static final long NOW = BEGINNING.toEpochMilli();

    private final Database database = Database.migrated();
    private OneInputStreamOperatorTestHarness<StoreRow, DeadLetter> operator;

    @BeforeEach
    void open() throws Exception {
        JdbcExecutionOptions execution = JdbcExecutionOptions.builder()
                .withBatchSize(BATCH)
                .withBatchIntervalMs(INTERVAL)
                .build();
        operator = new OneInputStreamOperatorTestHarness<>(new StoreOperator(database.options(), execution, 24));
        operator.open();
        operator.setProcessingTime(NOW);
    }

    @AfterEach
    void close() throws Exception {
        operator.close();
    }

    private void pageViews(int from, int to) throws Exception {
        for (int number = from; number < to; number++) {
            operator.processElement(
                    EventRows.of(Samples.pageView(number, ANNA, BEGINNING), null)
                            .get(0),
                    0);
        }
    }

    private int stored() {
        return Integer.parseInt(database.value("SELECT count(*) FROM tideline.behavioral_events"));
    }

    @Test
    void writesABatchWhenItIsFull() throws Exception {
        pageViews(0, BATCH - 1);
        assertThat(stored()).isZero();

        pageViews(BATCH - 1, BATCH + 1);
        assertThat(stored()).isEqualTo(BATCH);
    }

    @Test
    void writesABatchWhenItsFirstRowHasWaitedLongEnough() throws Exception {
        pageViews(0, 3);
        operator.setProcessingTime(NOW + INTERVAL - 1);
        assertThat(stored()).isZero();
        operator.setProcessingTime(NOW + INTERVAL);
        assertThat(stored()).isEqualTo(3);

        pageViews(3, 5);
        operator.setProcessingTime(NOW + 2 * INTERVAL);
        assertThat(stored()).isEqualTo(5);
    }

    @Test
    void keepsNothingBackFromACheckpoint() throws Exception {
        pageViews(0, 3);
        operator.prepareSnapshotPreBarrier(1);

        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void writesWhatIsLeftAtTheEndOfInput() throws Exception {
        pageViews(0, 3);
        operator.endInput();

        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void tellsOfARefusedRowWithoutItsValuesAndGoesOn() throws Exception {
        StoreRow refused = StoreRow.of(Table.CONSENTS, ANNA, hours(1).toString(), "perhaps", "true", "true");
        pageViews(0, 2);
        operator.processElement(refused, 0);
        pageViews(2, 4);
        operator.endInput();

        assertThat(stored()).isEqualTo(4);
        assertThat(operator.extractOutputValues())
                .containsExactly(new DeadLetter(
                        DeadLetter.Reason.DATABASE_REFUSED,
                        "SQLState 22P02, table consents",
                        null,
                        "consents",
                        0,
                        0,
                        null,
                        BEGINNING.truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
                        new RefusedRow(refused, "22P02").digest(),
                        null));
        assertThat(operator.extractOutputValues().toString()).doesNotContain(ANNA, "perhaps");
    }
}
