package dev.tideline.job.ingest.tide;

import dev.tideline.job.ingest.WallClock;
import dev.tideline.job.ingest.tide.TideClock.Pace;
import dev.tideline.patterns.fact.Arrival;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all input topics, each from its beginning, and emits what their records say with its event time and with the
 * watermarks of {@link TideClock}: use it with {@code WatermarkStrategy.noWatermarks()}, in a streaming job. Rules, profiles
 * and privacy requests that are there at the first start come before the first event ({@link ColdStart}). Why it is one
 * source: {@code job/decisions/0002-one-source-that-keeps-the-tide.md}.
 *
 * <p>Metrics: {@code eventTime} on each reader and on the enumerator, {@code topic.<name>.lag} on the enumerator; in a
 * process that hosts either, {@link TideBoard}.
 */
public final class TidelineSource
        implements Source<Arrival, KafkaPartitionSplit, TideCheckpoint>, ResultTypeQueryable<Arrival> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(TidelineSource.class);
    private static final int LOOKS_OF_PATIENCE = 10;

    private final KafkaSource<Fetched> kafka;
    private final Properties consumer;
    private final TideTopics topics;
    private final TideOptions options;
    private final WallClock clock;

    private TidelineSource(
            KafkaSource<Fetched> kafka, Properties consumer, TideTopics topics, TideOptions options, WallClock clock) {
        this.kafka = kafka;
        this.consumer = consumer;
        this.topics = topics;
        this.options = options;
        this.clock = clock;
    }

    /**
     * A source that reads with the given properties of a Kafka consumer, of which {@code bootstrap.servers} is required.
     * Reads what is committed only, unless {@code isolation.level} says otherwise. With a {@code group.id}, the offsets of
     * each checkpoint are committed for others to see; they are never read.
     */
    public static TidelineSource of(
            Properties consumer, TideTopics topics, RecordDecoder.Maker decoder, TideOptions options, WallClock clock) {
        Properties properties = new Properties();
        properties.putAll(consumer);
        properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.putIfAbsent(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.setProperty(
                KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
                String.valueOf(options.discoveryInterval().toMillis()));
        KafkaSource<Fetched> kafka = KafkaSource.<Fetched>builder()
                .setProperties(properties)
                .setTopics(topics.names())
                .setStartingOffsets(
                        options.eventsFrom() == null
                                ? OffsetsInitializer.earliest()
                                : new EventsFrom(
                                        topics.events(), options.eventsFrom().toEpochMilli()))
                .setDeserializer(new FetchedSchema(topics, decoder, clock))
                .build();
        return new TidelineSource(kafka, properties, topics, options, clock);
    }

    @Override
    public SourceReader<Arrival, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        return new TideReader(kafka.createReader(context), context, clock, options.name());
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, TideCheckpoint> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> job) {
        ColdStart coldStart = new ColdStart(false, options.coldStartNeedsCheckpoint());
        AssignmentGate gate = gate(job, coldStart, List.of());
        return enumerator(job, gate, kafka.createEnumerator(gate), new TideClock(pace(), TideClock.NONE), coldStart);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, TideCheckpoint> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> job, TideCheckpoint checkpoint) throws Exception {
        LOG.info(
                "Event time stood at {} when the wall clock showed {}, and stands there until all is read on.",
                checkpoint.eventTime(),
                checkpoint.wallClock());
        ColdStart coldStart = new ColdStart(checkpoint.started(), options.coldStartNeedsCheckpoint());
        AssignmentGate gate = gate(job, coldStart, checkpoint.waiting());
        TideClock tide = new TideClock(pace(), checkpoint.eventTime(), checkpoint.highest());
        return enumerator(job, gate, kafka.restoreEnumerator(gate, checkpoint.kafka()), tide, coldStart);
    }

    private AssignmentGate gate(
            SplitEnumeratorContext<KafkaPartitionSplit> job, ColdStart coldStart, List<KafkaPartitionSplit> waiting) {
        return new AssignmentGate(job, split -> TideEnumerator.mustWait(split, topics, coldStart), waiting);
    }

    private TideEnumerator enumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> job,
            AssignmentGate gate,
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> inner,
            TideClock tide,
            ColdStart coldStart) {
        BrokerWatch watch = new BrokerWatch(new BrokerView(consumer, topics), options.pollInterval());
        TideEnumerator.Parts parts = new TideEnumerator.Parts(inner, gate, watch, tide, coldStart);
        return new TideEnumerator(job, parts, options, topics, clock);
    }

    private Pace pace() {
        return new Pace(
                options.outOfOrderness().toMillis(),
                options.idleTimeout().toMillis(),
                options.idleTimeout().toMillis()
                        + LOOKS_OF_PATIENCE * options.pollInterval().toMillis());
    }

    @Override
    public SimpleVersionedSerializer<TideCheckpoint> getEnumeratorCheckpointSerializer() {
        return new TideCheckpointSerializer(kafka.getEnumeratorCheckpointSerializer(), getSplitSerializer());
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return kafka.getSplitSerializer();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public TypeInformation<Arrival> getProducedType() {
        return TypeInformation.of(Arrival.class);
    }
}
