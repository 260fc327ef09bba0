package dev.tideline.job.ingest.tide;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Received;
import dev.tideline.job.ingest.WallClock;
import dev.tideline.patterns.fact.Arrival;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Decodes a record, and says how far it may carry event time. Never skips one: the position depends on it. */
final class FetchedSchema implements KafkaRecordDeserializationSchema<Fetched> {
    private static final long serialVersionUID = 1L;

    /** A record timestamp further than this below the event's is not the time at which the broker got it. */
    private static final long PLAUSIBLE_LEAD = Duration.ofMinutes(5).toMillis();

    private final TideTopics topics;
    private final RecordDecoder.Maker maker;
    private final WallClock clock;
    private transient @Nullable RecordDecoder decoder;

    FetchedSchema(TideTopics topics, RecordDecoder.Maker maker, WallClock clock) {
        this.topics = topics;
        this.maker = maker;
        this.clock = clock;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = maker.make();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> sourceRecord, Collector<Fetched> out) {
        if (decoder == null) {
            throw new IllegalStateException("not opened: " + sourceRecord.topic());
        }
        long now = clock.millis();
        Channel channel = topics.channelOf(sourceRecord.topic());
        Arrival arrival = decoder.decode(
                channel,
                new Received(
                        sourceRecord.topic(),
                        sourceRecord.partition(),
                        sourceRecord.offset(),
                        sourceRecord.key(),
                        sourceRecord.value(),
                        sourceRecord.timestamp(),
                        Instant.ofEpochMilli(now)));
        out.collect(new Fetched(arrival, sourceRecord.offset() + 1, reach(arrival, sourceRecord, now), now));
    }

    /**
     * An event carries event time as far as its own time, but not above its reception: a fast clock of one producer must
     * not make the events of all others late. In a backlog the reception by the broker counts, where it is known.
     */
    static long reach(Arrival arrival, ConsumerRecord<byte[], byte[]> sourceRecord, long now) {
        if (arrival.kind() != Arrival.Kind.EVENT) {
            return TideClock.NONE;
        }
        long at = arrival.at().toEpochMilli();
        long appended = sourceRecord.timestamp();
        boolean reception = sourceRecord.timestampType() == TimestampType.LOG_APPEND_TIME
                || (appended > 0 && at - appended <= PLAUSIBLE_LEAD);
        return Math.min(Math.min(at, now), reception ? appended : at);
    }

    @Override
    public TypeInformation<Fetched> getProducedType() {
        return TypeInformation.of(Fetched.class);
    }
}
