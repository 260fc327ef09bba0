package dev.tideline.job.ingest.tide;

import dev.tideline.job.ingest.WallClock;
import dev.tideline.patterns.fact.Arrival;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads through Kafka's own reader, says how far it came, and turns each tide that it is told into a watermark behind the
 * records that it has handed on: a job under back-pressure gets no watermark ahead of its records.
 *
 * <p>Owns: a position and an event time for each of its partitions. Lifecycle: one attempt of one subtask; nothing of it
 * is in a checkpoint. Never: decides where event time stands. Confined to the task's thread.
 */
final class TideReader implements SourceReader<Arrival, KafkaPartitionSplit> {
    private static final long BUSY_REPORT_MILLIS = 200;
    private static final long IDLE_REPORT_MILLIS = 20;

    private final SourceReader<Fetched, KafkaPartitionSplit> kafka;
    private final SourceReaderContext context;
    private final WallClock clock;
    private final String name;
    private final Map<String, SplitProgress> splits = new HashMap<>();
    private final WakeUp wakeUp = new WakeUp();
    private @Nullable ObservedOutput observed;
    private boolean changed;
    private long reportedAt = TideClock.NONE;
    private long readAt = TideClock.NONE;
    private long emitted = TideClock.NONE;
    private long snapshot = TideClock.NONE;
    private volatile long tide = TideClock.NONE;

    TideReader(
            SourceReader<Fetched, KafkaPartitionSplit> kafka,
            SourceReaderContext context,
            WallClock clock,
            String name) {
        this.kafka = kafka;
        this.context = context;
        this.clock = clock;
        this.name = name;
    }

    @Override
    public void start() {
        context.metricGroup().gauge("eventTime", () -> tide);
        kafka.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Arrival> output) throws Exception {
        if (snapshot != TideClock.NONE) {
            context.sendSourceEventToCoordinator(new GoingOn(snapshot));
            snapshot = TideClock.NONE;
        }
        if (tide > emitted) {
            emitted = tide;
            output.emitWatermark(new Watermark(emitted));
        }
        InputStatus status = kafka.pollNext(observing(output));
        if (changed) {
            boolean busy = status == InputStatus.MORE_AVAILABLE;
            reportAfter(busy ? BUSY_REPORT_MILLIS : IDLE_REPORT_MILLIS, busy ? readAt : clock.millis());
        }
        return status;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return tide > emitted ? CompletableFuture.completedFuture(null) : wakeUp.either(kafka.isAvailable());
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> added) {
        for (KafkaPartitionSplit split : added) {
            long position = split.getStartingOffset() < 0 ? TideClock.NONE : split.getStartingOffset();
            splits.put(split.splitId(), new SplitProgress(split.getTopicPartition(), position));
        }
        changed = true;
        kafka.addSplits(added);
        wakeUp.ring();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (!(event instanceof Tide told)) {
            throw new IllegalArgumentException("a reader is told the tide only, not " + event);
        }
        TideBoard.show(name, told.reading());
        if (told.reading().eventTimeMillis() > tide) {
            tide = told.reading().eventTimeMillis();
            wakeUp.ring();
        }
        reportAfter(IDLE_REPORT_MILLIS, clock.millis());
    }

    private void reportAfter(long pause, long now) {
        if (!changed || (reportedAt != TideClock.NONE && Math.abs(now - reportedAt) < pause)) {
            return;
        }
        context.sendSourceEventToCoordinator(new Progress(splits.values().stream()
                .map(SplitProgress::news)
                .flatMap(Optional::stream)
                .toList()));
        changed = false;
        reportedAt = now;
    }

    private ObservedOutput observing(ReaderOutput<Arrival> output) {
        ObservedOutput current = observed;
        if (current == null || !current.writesTo(output)) {
            current = new ObservedOutput(output, this::observer);
            observed = current;
        }
        return current;
    }

    private Consumer<Fetched> observer(String split) {
        SplitProgress progress = splits.get(split);
        if (progress == null) {
            throw new IllegalStateException("a record of a partition that was not assigned: " + split);
        }
        return fetched -> {
            progress.advance(fetched.next(), fetched.reach());
            readAt = fetched.receivedAt();
            changed = true;
        };
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
        snapshot = checkpoint;
        wakeUp.ring();
        return kafka.snapshotState(checkpoint);
    }

    @Override
    public void notifyNoMoreSplits() {
        kafka.notifyNoMoreSplits();
        wakeUp.ring();
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        kafka.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        kafka.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
        kafka.pauseOrResumeSplits(toPause, toResume);
    }

    @Override
    public void close() throws Exception {
        kafka.close();
    }
}
