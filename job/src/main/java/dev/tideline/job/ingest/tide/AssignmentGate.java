package dev.tideline.job.ingest.tide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Kafka's own enumerator sees of the job: holds back the partitions that it assigns too early, and keeps a search for
 * new partitions that failed from failing the job, because the next one follows.
 */
final class AssignmentGate implements SplitEnumeratorContext<KafkaPartitionSplit> {
    private static final Logger LOG = LoggerFactory.getLogger(AssignmentGate.class);

    private final SplitEnumeratorContext<KafkaPartitionSplit> job;
    private final Predicate<KafkaPartitionSplit> mustWait;
    private final List<KafkaPartitionSplit> waiting;

    AssignmentGate(
            SplitEnumeratorContext<KafkaPartitionSplit> job,
            Predicate<KafkaPartitionSplit> mustWait,
            List<KafkaPartitionSplit> waiting) {
        this.job = job;
        this.mustWait = mustWait;
        this.waiting = new ArrayList<>(waiting);
    }

    /** The partitions that are held back. */
    List<KafkaPartitionSplit> waiting() {
        return List.copyOf(waiting);
    }

    /** Assigns what no longer has to wait to those readers that are there. */
    void letThrough() {
        Map<Integer, List<KafkaPartitionSplit>> assignment = new HashMap<>();
        for (KafkaPartitionSplit split : waiting()) {
            int reader = Math.floorMod(split.getTopic().hashCode() + split.getPartition(), job.currentParallelism());
            if (!mustWait.test(split) && job.registeredReaders().containsKey(reader)) {
                assignment.computeIfAbsent(reader, index -> new ArrayList<>()).add(split);
                waiting.remove(split);
            }
        }
        if (!assignment.isEmpty()) {
            job.assignSplits(new SplitsAssignment<>(assignment));
        }
    }

    @Override
    public void assignSplits(SplitsAssignment<KafkaPartitionSplit> assignment) {
        Map<Integer, List<KafkaPartitionSplit>> atOnce = new HashMap<>();
        assignment.assignment().forEach((reader, splits) -> {
            waiting.addAll(splits.stream().filter(mustWait).toList());
            List<KafkaPartitionSplit> rest =
                    splits.stream().filter(mustWait.negate()).toList();
            if (!rest.isEmpty()) {
                atOnce.put(reader, rest);
            }
        });
        if (!atOnce.isEmpty()) {
            job.assignSplits(new SplitsAssignment<>(atOnce));
        }
    }

    @Override
    public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler, long delay, long period) {
        AtomicBoolean succeeded = new AtomicBoolean();
        job.callAsync(
                call,
                (result, failure) -> {
                    if (failure == null) {
                        succeeded.set(true);
                    } else if (succeeded.get()) {
                        LOG.warn("Could not look for new partitions, will look again: {}", failure.toString());
                        return;
                    }
                    handler.accept(result, failure);
                },
                delay,
                period);
    }

    @Override
    public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
        job.callAsync(call, handler);
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return job.metricGroup();
    }

    @Override
    public void sendEventToSourceReader(int reader, SourceEvent event) {
        job.sendEventToSourceReader(reader, event);
    }

    @Override
    public int currentParallelism() {
        return job.currentParallelism();
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return job.registeredReaders();
    }

    @Override
    public void signalNoMoreSplits(int reader) {
        job.signalNoMoreSplits(reader);
    }

    @Override
    public void runInCoordinatorThread(Runnable action) {
        job.runInCoordinatorThread(action);
    }
}
