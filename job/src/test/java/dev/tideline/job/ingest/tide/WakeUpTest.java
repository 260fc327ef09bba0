package dev.tideline.job.ingest.tide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WakeUpTest {
    private final WakeUp wakeUp = new WakeUp();
    private final CompletableFuture<Void> records = new CompletableFuture<>();

    @Test
    void wakesForRecords() {
        CompletableFuture<Void> either = wakeUp.either(records);
        assertThat(either).isNotDone();
        records.complete(null);
        assertThat(either).isDone();
    }

    @Test
    void wakesForTheBellAndCanSleepAgain() {
        CompletableFuture<Void> first = wakeUp.either(records);
        wakeUp.ring();
        assertThat(first).isDone();
        CompletableFuture<Void> second = wakeUp.either(records);
        assertThat(second).isNotDone();
        records.complete(null);
        assertThat(second).isDone();
    }

    @Test
    void doesNotSleepWhereRecordsAreThere() {
        records.complete(null);
        assertThat(wakeUp.either(records)).isDone();
    }

    @Test
    void leavesOneCallbackHoweverOftenItIsAsked() {
        for (int turn = 0; turn < 1_000; turn++) {
            CompletableFuture<Void> either = wakeUp.either(records);
            assertThat(either).isNotDone();
            wakeUp.ring();
        }
        assertThat(records.getNumberOfDependents()).isEqualTo(1);
    }

    @Test
    void followsFromOneFutureToTheNext() {
        CompletableFuture<Void> next = new CompletableFuture<>();
        CompletableFuture<Void> unused = wakeUp.either(records);
        records.complete(null);
        CompletableFuture<Void> either = wakeUp.either(next);
        assertThat(either).isNotDone();
        next.complete(null);
        assertThat(either).isDone();
    }
}
