package dev.tideline.job.benchmark;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Decoder;
import dev.tideline.job.ingest.DecoderSettings;
import dev.tideline.job.ingest.Received;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The least that a job would have to do: read from Kafka, decode, write each event to Kafka, at least once. */
final class Ceiling {
    private Ceiling() {}

    static void define(StreamExecutionEnvironment environment, String bootstrap, String from, String to) {
        Properties producer = new Properties();
        producer.setProperty("linger.ms", "0");
        producer.setProperty("compression.type", "lz4");
        environment
                .fromSource(
                        KafkaSource.<Arrival>builder()
                                .setBootstrapServers(bootstrap)
                                .setTopics(from)
                                .setStartingOffsets(OffsetsInitializer.earliest())
                                .setBounded(OffsetsInitializer.latest())
                                .setDeserializer(new Decoding())
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "read")
                .sinkTo(KafkaSink.<Arrival>builder()
                        .setBootstrapServers(bootstrap)
                        .setKafkaProducerConfig(producer)
                        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                        .setRecordSerializer(KafkaRecordSerializationSchema.<Arrival>builder()
                                .setTopic(to)
                                .setValueSerializationSchema(new Writing())
                                .build())
                        .build());
    }

    private static final class Decoding implements KafkaRecordDeserializationSchema<Arrival> {
        private static final long serialVersionUID = 1L;

        private transient @Nullable Decoder decoder;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> read, Collector<Arrival> out) {
            if (decoder == null) {
                decoder = new Decoder(DecoderSettings.DEFAULT);
            }
            Watch.current().decoded();
            out.collect(decoder.decode(
                    Channel.EVENTS,
                    new Received(
                            read.topic(),
                            read.partition(),
                            read.offset(),
                            read.key(),
                            read.value(),
                            read.timestamp(),
                            Instant.now())));
        }

        @Override
        public TypeInformation<Arrival> getProducedType() {
            return TypeInformation.of(Arrival.class);
        }
    }

    private static final class Writing implements SerializationSchema<Arrival> {
        private static final long serialVersionUID = 1L;
        private static final ObjectMapper MAPPER = new ObjectMapper();

        @Override
        public byte[] serialize(Arrival arrival) {
            Event event = Objects.requireNonNull(arrival.event());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
            try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
                json.writeStartObject();
                json.writeStringField("event_id", event.id());
                json.writeStringField("user_id", event.user());
                json.writeStringField("event_type", event.type());
                json.writeStringField("event_timestamp", event.at().toString());
                if (event.context() != null) {
                    json.writeFieldName("context");
                    json.writeRawValue(event.context());
                }
                json.writeEndObject();
            } catch (IOException e) {
                throw new IllegalStateException("an event that was just read cannot be written", e);
            }
            return bytes.toByteArray();
        }
    }
}
