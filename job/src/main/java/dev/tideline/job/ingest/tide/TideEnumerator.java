package dev.tideline.job.ingest.tide;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.WallClock;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Runs in the job manager around Kafka's own enumerator: hears how far the readers came, asks the broker where the
 * partitions end, and tells all readers where event time stands. What is decided is decided in {@link TideClock} and
 * {@link ColdStart}.
 *
 * <p>Owns: event time, and the partitions of events until rules, profiles and privacy requests are read. Lifecycle: kept in
 * each checkpoint; when readers alone start anew, event time goes back to that of the last complete checkpoint, because the
 * records after it come again. Never: blocks the coordinator's thread, to which it is confined.
 */
final class TideEnumerator implements SplitEnumerator<KafkaPartitionSplit, TideCheckpoint> {
    private static final long TELL_AT_MOST_EVERY_MILLIS = 50;

    private final SplitEnumeratorContext<KafkaPartitionSplit> job;
    private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka;
    private final AssignmentGate gate;
    private final BrokerWatch watch;
    private final TideOptions options;
    private final TideTopics topics;
    private final WallClock clock;
    private final TideClock tide;
    private final ColdStart coldStart;
    private final WaitLog waitLog = new WaitLog();
    private final Map<String, Integer> readers = new HashMap<>();
    private final TreeMap<Long, Long> tidesOfCheckpoints = new TreeMap<>();
    private final Map<Integer, Long> pausing = new HashMap<>();
    private volatile TideReading reading;
    private long tideOfLastCheckpoint;
    private long toldAt = TideClock.NONE;

    /** The parts that a source puts together. */
    record Parts(
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka,
            AssignmentGate gate,
            BrokerWatch watch,
            TideClock tide,
            ColdStart coldStart) {}

    TideEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> job,
            Parts parts,
            TideOptions options,
            TideTopics topics,
            WallClock clock) {
        this.job = job;
        this.kafka = parts.kafka();
        this.gate = parts.gate();
        this.watch = parts.watch();
        this.tide = parts.tide();
        this.coldStart = parts.coldStart();
        this.options = options;
        this.topics = topics;
        this.clock = clock;
        this.tideOfLastCheckpoint = tide.eventTime();
        this.reading = new TideReading(tide.eventTime(), Map.of(), false, coldStart.open());
    }

    @Override
    public void start() {
        job.metricGroup().gauge("eventTime", () -> reading.eventTimeMillis());
        for (String topic : topics.names()) {
            job.metricGroup()
                    .addGroup("topic", topic)
                    .gauge("lag", () -> reading.lag().getOrDefault(topic, 0L));
        }
        kafka.start();
        watch.start((look, failure) -> job.runInCoordinatorThread(() -> looked(look, failure)));
    }

    private void looked(BrokerView.@Nullable Look look, @Nullable Throwable failure) {
        long wall = clock.millis();
        if (look == null) {
            tide.silent();
            waitLog.brokerIsSilent(String.valueOf(failure));
        } else {
            waitLog.brokerAnswers();
            look.nothingLeftBelow().forEach((name, offset) -> {
                PartitionTide partition = tide.partitions().get(name);
                if (partition != null) {
                    partition.nothingLeftBelow(offset);
                }
            });
            tide.looked(look.spans(), wall);
            coldStart.looked(tide);
            watch.suspect(suspects());
        }
        gate.letThrough();
        waitLog.coldStart(coldStart, tide, wall);
        tell(wall, look != null);
    }

    @Override
    public void handleSourceEvent(int reader, SourceEvent event) {
        if (event instanceof GoingOn goingOn) {
            goesOn(reader, goingOn.checkpoint());
            return;
        }
        if (!(event instanceof Progress progress)) {
            throw new IllegalArgumentException("readers tell their progress only, not " + event);
        }
        for (Progress.OfPartition read : progress.partitions()) {
            String name = new TopicPartition(read.topic(), read.partition()).toString();
            readers.put(name, reader);
            tide.read(name, topics.channelOf(read.topic()), read.position(), read.highest());
        }
        long wall = clock.millis();
        tide.settle(wall);
        coldStart.settle(tide);
        gate.letThrough();
        if (toldAt == TideClock.NONE || Math.abs(wall - toldAt) >= TELL_AT_MOST_EVERY_MILLIS) {
            tell(wall, reading.brokerAnswers());
        }
    }

    private void tell(long wall, boolean brokerAnswers) {
        reading = new TideReading(tide.eventTime(), lag(), brokerAnswers, coldStart.open());
        TideBoard.show(options.name(), reading);
        for (int reader : job.registeredReaders().keySet()) {
            if (!pausing.containsKey(reader)) {
                job.sendEventToSourceReader(reader, new Tide(reading));
            }
        }
        toldAt = wall;
    }

    private void goesOn(int reader, long checkpoint) {
        Long since = pausing.get(reader);
        if (since != null && checkpoint >= since) {
            pausing.remove(reader);
            job.sendEventToSourceReader(reader, new Tide(reading));
        }
    }

    private Map<String, Long> lag() {
        Map<String, Long> lag = new HashMap<>();
        tide.partitions().forEach((name, partition) -> lag.merge(topicOf(name), partition.unread(), Long::sum));
        return lag;
    }

    private List<BrokerView.Suspect> suspects() {
        return tide.partitions().entrySet().stream()
                .filter(entry -> entry.getValue().suspect())
                .map(entry -> new BrokerView.Suspect(
                        partitionOf(entry.getKey()),
                        entry.getValue().position(),
                        entry.getValue().position() + entry.getValue().unread()))
                .toList();
    }

    private static String topicOf(String name) {
        return name.substring(0, name.lastIndexOf('-'));
    }

    private static TopicPartition partitionOf(String name) {
        return new TopicPartition(topicOf(name), Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)));
    }

    @Override
    public void addReader(int reader) {
        pausing.remove(reader);
        kafka.addReader(reader);
        gate.letThrough();
        job.sendEventToSourceReader(reader, new Tide(reading));
    }

    /** Told of each reader that starts anew from the last complete checkpoint, whether it gives anything back or not. */
    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int reader) {
        tide.rewind(
                readers.entrySet().stream()
                        .filter(entry -> entry.getValue() == reader)
                        .map(Map.Entry::getKey)
                        .toList(),
                tideOfLastCheckpoint);
        coldStart.rewind();
        reading = new TideReading(tide.eventTime(), lag(), reading.brokerAnswers(), coldStart.open());
        kafka.addSplitsBack(splits, reader);
    }

    @Override
    public void handleSplitRequest(int reader, @Nullable String hostname) {
        kafka.handleSplitRequest(reader, hostname);
    }

    @Override
    public TideCheckpoint snapshotState(long checkpoint) throws Exception {
        // It may be the savepoint of a stop: see GoingOn.
        job.registeredReaders().keySet().forEach(reader -> pausing.put(reader, checkpoint));
        coldStart.checkpointBegins(checkpoint);
        tidesOfCheckpoints.put(checkpoint, tide.eventTime());
        return new TideCheckpoint(
                kafka.snapshotState(checkpoint),
                tide.eventTime(),
                clock.millis(),
                coldStart.open(),
                tide.highest(),
                gate.waiting());
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        kafka.notifyCheckpointComplete(checkpoint);
        Map.Entry<Long, Long> completed = tidesOfCheckpoints.floorEntry(checkpoint);
        if (completed != null) {
            tideOfLastCheckpoint = completed.getValue();
            tidesOfCheckpoints.headMap(checkpoint, true).clear();
        }
        coldStart.checkpointCompletes(checkpoint);
        gate.letThrough();
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        kafka.notifyCheckpointAborted(checkpoint);
        // A newer one, which may be the savepoint of a stop, goes on.
        pausing.values().removeIf(since -> since <= checkpoint);
        tidesOfCheckpoints.remove(checkpoint);
    }

    @Override
    public void close() throws IOException {
        watch.close();
        kafka.close();
    }

    static boolean mustWait(KafkaPartitionSplit split, TideTopics topics, ColdStart coldStart) {
        return !coldStart.open() && topics.channelOf(split.getTopic()) == Channel.EVENTS;
    }
}
