package dev.tideline.job.ingest.tide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between a checkpoint and a reader's word that it goes on, nobody knows whether a stop has ended the reader. */
class TideEnumeratorTest {
    private final Job job = new Job();
    private final TideEnumerator enumerator = enumerator(job);
    private long now = 1_000_000;

    @BeforeEach
    void twoReaders() {
        start(0);
        start(1);
        job.told.clear();
    }

    @AfterEach
    void close() throws Exception {
        enumerator.close();
    }

    @Test
    void allReadersAreToldWhileNoCheckpointIsOnItsWay() {
        assertThat(toldNext()).containsExactly(0, 1);
    }

    @Test
    void aReaderIsToldNothingFromTheCheckpointOnUntilItSaysThatItGoesOn() throws Exception {
        enumerator.snapshotState(1);
        assertThat(toldNext()).isEmpty();

        goesOn(0, 1);
        assertThat(job.told).as("at once, what it has missed").containsExactly(0);
        job.told.clear();
        assertThat(toldNext()).containsExactly(0);

        goesOn(1, 1);
        job.told.clear();
        assertThat(toldNext()).containsExactly(0, 1);
    }

    @Test
    void aReaderThatAStopHasEndedIsToldNothingAnyMore() throws Exception {
        enumerator.snapshotState(1);
        enumerator.notifyCheckpointComplete(1);

        assertThat(toldNext()).isEmpty();
        assertThat(toldNext()).isEmpty();
    }

    @Test
    void theWordAboutAnEarlierCheckpointSaysNothingOfTheNext() throws Exception {
        enumerator.snapshotState(1);
        enumerator.snapshotState(2);

        goesOn(0, 1);
        assertThat(job.told).isEmpty();
        goesOn(0, 2);
        assertThat(job.told).containsExactly(0);
    }

    @Test
    void theWordOfAReaderThatWasNotWaitedForChangesNothing() {
        goesOn(0, 7);

        assertThat(job.told).isEmpty();
        assertThat(toldNext()).containsExactly(0, 1);
    }

    @Test
    void afterACheckpointThatFailedAllReadersGoOn() throws Exception {
        enumerator.snapshotState(1);
        enumerator.notifyCheckpointAborted(1);

        assertThat(toldNext()).containsExactly(0, 1);
    }

    @Test
    void theFailureOfAnEarlierCheckpointDoesNotEndTheWaitForTheNext() throws Exception {
        enumerator.snapshotState(1);
        enumerator.snapshotState(2);

        enumerator.notifyCheckpointAborted(1);
        assertThat(toldNext()).isEmpty();
        enumerator.notifyCheckpointAborted(2);
        assertThat(toldNext()).containsExactly(0, 1);
    }

    @Test
    void aReaderThatStartsAnewIsToldAtOnceAndFromThenOn() throws Exception {
        enumerator.snapshotState(1);

        start(1);
        assertThat(job.told).containsExactly(1);
        job.told.clear();
        assertThat(toldNext()).containsExactly(1);
    }

    private void start(int reader) {
        job.readers.put(reader, new ReaderInfo(reader, "here"));
        enumerator.addReader(reader);
    }

    private void goesOn(int reader, long checkpoint) {
        enumerator.handleSourceEvent(reader, new GoingOn(checkpoint));
    }

    /** Whom the enumerator tells when it hears of progress, after a second. */
    private List<Integer> toldNext() {
        now += 1000;
        enumerator.handleSourceEvent(0, new Progress(List.of()));
        List<Integer> told = List.copyOf(job.told);
        job.told.clear();
        return told;
    }

    private TideEnumerator enumerator(Job inJob) {
        Properties consumer = new Properties();
        consumer.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        TideTopics topics = new TideTopics("events", "profiles", "privacy", "rules", "actions");
        TideEnumerator.Parts parts = new TideEnumerator.Parts(
                new NoKafka(),
                new AssignmentGate(inJob, split -> false, List.of()),
                // It looks only once the enumerator is started.
                new BrokerWatch(new BrokerView(consumer, topics), Duration.ofDays(1)),
                new TideClock(new TideClock.Pace(10_000, 30_000, 35_000), TideClock.NONE),
                new ColdStart(true, true));
        TideOptions options = TideOptions.DEFAULT;
        return new TideEnumerator(inJob, parts, options, topics, () -> now);
    }

    /** The job as an enumerator sees it: notes who is told. */
    private static final class Job implements SplitEnumeratorContext<KafkaPartitionSplit> {
        private final Map<Integer, ReaderInfo> readers = new TreeMap<>();
        private final List<Integer> told = new ArrayList<>();

        @Override
        public void sendEventToSourceReader(int reader, SourceEvent event) {
            assertThat(event).isInstanceOf(Tide.class);
            told.add(reader);
        }

        @Override
        public int currentParallelism() {
            return 2;
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            return Collections.unmodifiableMap(readers);
        }

        @Override
        public void runInCoordinatorThread(Runnable work) {
            work.run();
        }

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            throw new UnsupportedOperationException("never started");
        }

        @Override
        public void assignSplits(SplitsAssignment<KafkaPartitionSplit> assignment) {
            throw new UnsupportedOperationException("there are no partitions");
        }

        @Override
        public void signalNoMoreSplits(int reader) {
            throw new UnsupportedOperationException("it goes on for ever");
        }

        @Override
        public <T> void callAsync(Callable<T> work, BiConsumer<T, Throwable> then) {
            throw new UnsupportedOperationException("never started");
        }

        @Override
        public <T> void callAsync(Callable<T> work, BiConsumer<T, Throwable> then, long delay, long period) {
            throw new UnsupportedOperationException("never started");
        }
    }

    /** Kafka's own enumerator, where there are no topics. */
    private static final class NoKafka implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int reader, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<KafkaPartitionSplit> splits, int reader) {}

        @Override
        public void addReader(int reader) {}

        @Override
        public KafkaSourceEnumState snapshotState(long checkpoint) {
            return new KafkaSourceEnumState(Set.of(), true);
        }

        @Override
        public void close() {}
    }
}
