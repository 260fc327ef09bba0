package dev.tideline.job.ingest.tide;

import static dev.tideline.job.ingest.tide.TideTestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.demo.EmbeddedKafka;
import dev.tideline.patterns.fact.Arrival;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TideITCase {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long OUT_OF_ORDERNESS = 10 * SECOND;

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void aProducerFourMinutesFastMakesNobodyElseLate() throws Exception {
        try (TideTestBed bed = new TideTestBed(kafka, 1)) {
            bed.start();
            long fast = bed.wall() + 4 * MINUTE;
            bed.write(List.of(bed.event(0, "fast", fast)));
            until("the fast event moved event time", () -> bed.recording().watermark() > fast - 5 * MINUTE);
            bed.write(List.of(bed.event(0, "honest", bed.wall())));
            until("both came", () -> bed.recording().size() == 2);

            assertThat(bed.recording().events()).noneMatch(Recording.Seen::late);
            assertThat(bed.recording().watermark()).isLessThanOrEqualTo(bed.wall() - OUT_OF_ORDERNESS);
        }
    }

    @Test
    void nothingIsLateAfterTheBrokerWasAwayForTenMinutes() throws Exception {
        try (TideTestBed bed = new TideTestBed(kafka, 3)) {
            bed.start();
            long outage = bed.wall();
            bed.write(IntStream.range(0, 3)
                    .mapToObj(partition -> bed.event(partition, "user" + partition, outage))
                    .toList());
            until(
                    "event time stands where the outage begins",
                    () -> bed.recording().watermark() == outage - OUT_OF_ORDERNESS);

            kafka.stop();
            try {
                until("the broker is missed", () -> !bed.reading().brokerAnswers());
                bed.putForward(Duration.ofMinutes(10));
            } finally {
                kafka.start();
            }
            until("the broker is back", () -> bed.reading().brokerAnswers());
            List<ProducerRecord<byte[], byte[]>> held = IntStream.range(0, 600)
                    .mapToObj(second -> bed.event(second % 3, "user" + second % 3, outage + second * SECOND))
                    .toList();
            bed.write(held);
            until("all came", () -> bed.recording().size() == 603);

            assertThat(bed.recording().events()).noneMatch(Recording.Seen::late);
            until(
                    "event time has come on",
                    () -> bed.recording().watermark() >= outage + 597 * SECOND - OUT_OF_ORDERNESS);
        }
    }

    @Test
    void noEventOfABacklogIsLate() throws Exception {
        int events = Boolean.getBoolean("tideline.exhaustive") ? 1_000_000 : 100_000;
        try (TideTestBed bed = new TideTestBed(kafka, 4)) {
            long first = bed.wall() - 5 * 60 * MINUTE;
            bed.write(IntStream.range(0, events)
                    .mapToObj(index -> bed.event(Math.max(0, index % 10 - 6), "user" + index % 97, first + index * 10L))
                    .toList());
            bed.start();
            until("all came", () -> bed.recording().size() == events);

            assertThat(bed.recording().events()).noneMatch(Recording.Seen::late);
            long last = first + (events - 10) * 10L;
            until("event time reached the end", () -> bed.recording().watermark() >= last - OUT_OF_ORDERNESS);
        }
    }

    @Test
    void aQuietStreamMovesOnByTheClock() throws Exception {
        try (TideTestBed bed = new TideTestBed(kafka, 2)) {
            bed.start();
            long last = bed.wall() - 60 * MINUTE;
            long written = bed.wall();
            bed.write(List.of(bed.event(0, "user", last)));
            until("the event came", () -> bed.recording().size() == 1);
            assertThat(bed.recording().watermarks()).isEmpty();

            bed.whileTimeFliesUntil(
                    "event time has passed it", () -> bed.recording().watermark() > last);
            long quiet = bed.wall() - written - TideTestBed.IDLE_TIMEOUT.toMillis();
            assertThat(bed.recording().watermark()).isLessThanOrEqualTo(last - OUT_OF_ORDERNESS + quiet);
        }
    }

    @Test
    void marksOfTransactionsDoNotKeepAQuietStreamFromMovingOn() throws Exception {
        try (TideTestBed bed = new TideTestBed(kafka, 1)) {
            bed.start();
            long last = bed.wall() - 60 * MINUTE;
            bed.writeInTransaction(
                    List.of(bed.event(0, "user", last), bed.other(bed.topics().profiles(), "user", last)));
            until("both came", () -> bed.recording().size() == 2);
            bed.whileTimeFliesUntil(
                    "event time has passed it", () -> bed.recording().watermark() > last);
            assertThat(bed.reading().totalLag()).isZero();
        }
    }

    @Test
    void aRestartKeepsEventTime() throws Exception {
        try (TideTestBed bed = new TideTestBed(kafka, 2)) {
            JobClient job = bed.start();
            long at = bed.wall() - 60 * MINUTE;
            bed.write(List.of(bed.event(0, "one", at), bed.event(1, "two", at + MINUTE)));
            until("event time stands at the earlier", () -> bed.recording().watermark() == at - OUT_OF_ORDERNESS);
            String savepoint = bed.stopWithSavepoint(job, folder);
            bed.recording().clear();

            Configuration restored = new Configuration();
            restored.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
            bed.start(restored, true);
            until("event time is told", () -> !bed.recording().watermarks().isEmpty());
            bed.write(List.of(bed.event(0, "one", at - MINUTE), bed.event(0, "one", at + 2 * MINUTE)));
            until("both came", () -> bed.recording().size() == 2);

            // It begins where it stood; the new event lets it rise to what the other partition had come to before.
            assertThat(bed.recording().watermarks())
                    .startsWith(at - OUT_OF_ORDERNESS)
                    .isSubsetOf(at - OUT_OF_ORDERNESS, at + MINUTE - OUT_OF_ORDERNESS);
            assertThat(bed.recording().events())
                    .extracting(Recording.Seen::late)
                    .containsExactly(true, false);
        }
    }

    @Test
    void eventsThatComeAgainAfterAFailureAreNotLate() throws Exception {
        Configuration restarting = new Configuration();
        restarting.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        restarting.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        restarting.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        restarting.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1));
        try (TideTestBed bed = new TideTestBed(kafka, 1)) {
            bed.start(restarting, false);
            long at = bed.wall() - 60 * MINUTE;
            bed.write(List.of(bed.event(0, "one", at), bed.event(0, "two", at + 30 * MINUTE)));
            until("event time has passed the first", () -> bed.recording().watermark() > at);
            bed.write(List.of(bed.event(0, Recording.POISON, at + 31 * MINUTE)));
            until("all came again", () -> bed.recording().size() == 5);

            assertThat(bed.recording().events()).noneMatch(Recording.Seen::late);
            assertThat(bed.recording().events())
                    .extracting(Recording.Seen::user)
                    .containsExactlyInAnyOrder("one", "two", "one", "two", Recording.POISON);
        }
    }

    @Test
    void whatWasThereAtTheStartComesBeforeTheFirstEvent() throws Exception {
        Configuration checkpointing = new Configuration();
        checkpointing.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
        try (TideTestBed bed = new TideTestBed(kafka, 2)) {
            long at = bed.wall() - 60 * MINUTE;
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int index = 0; index < 1_000; index++) {
                records.add(bed.event(index % 2, "user" + index, at + index));
                records.add(bed.other(bed.topics().profiles(), "user" + index, at + index));
                records.add(bed.other(bed.topics().privacy(), "user" + index, at + index));
                records.add(bed.other(bed.topics().rules(), "segment/s" + index, at + index));
            }
            bed.write(records);
            bed.start(checkpointing, true);
            until("all came", () -> bed.recording().size() == 4_000);

            List<Recording.Seen> seen = bed.recording().seen();
            assertThat(seen.subList(0, 3_000)).noneMatch(one -> one.kind() == Arrival.Kind.EVENT);
            assertThat(seen.subList(3_000, 4_000)).allMatch(one -> one.kind() == Arrival.Kind.EVENT && !one.late());
            assertThat(bed.reading().started()).isTrue();
        }
    }

    @Test
    void whatIsRefusedMovesThePositionAndNotTheTime() throws Exception {
        try (TideTestBed bed = new TideTestBed(kafka, 1)) {
            bed.start();
            long at = bed.wall() - 60 * MINUTE;
            bed.write(List.of(
                    bed.event(0, "user", at),
                    new ProducerRecord<>(bed.topics().events(), 0, new byte[] {'k'}, new byte[] {'?'})));
            until(
                    "both came",
                    () -> bed.recording().size() == 2 && bed.reading().totalLag() == 0);
            until("event time is that of the event", () -> bed.recording().watermark() == at - OUT_OF_ORDERNESS);
            assertThat(bed.reading().eventTimeMillis()).isEqualTo(at - OUT_OF_ORDERNESS);
        }
    }
}
