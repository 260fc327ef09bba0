package dev.tideline.job.emit;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A result as a record of its topic.
 *
 * <p>The record bears the time of sending, not event time: a topic's retention counts from a record's timestamp, and old
 * history that is read late must not be deleted as soon as it is written.
 */
final class TopicRecord<T> implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1L;
    private static final byte[] CLOUD_EVENT =
            "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.UTF_8);
    private static final byte[] JSON = "application/json; charset=UTF-8".getBytes(StandardCharsets.UTF_8);

    /** A function that travels with the job. */
    interface Part<T, R> extends Function<T, R>, Serializable {}

    private final String topic;
    private final Part<T, @Nullable String> key;
    private final Part<T, byte[]> value;
    private final boolean cloudEvent;

    TopicRecord(String topic, Part<T, @Nullable String> key, Part<T, byte[]> value, boolean cloudEvent) {
        this.topic = topic;
        this.key = key;
        this.value = value;
        this.cloudEvent = cloudEvent;
    }

    /** What says of a record that it is a CloudEvent. */
    static List<Header> cloudEventHeaders() {
        return headers(CLOUD_EVENT);
    }

    private static List<Header> headers(byte[] contentType) {
        return List.of(new RecordHeader("content-type", contentType));
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(T element, KafkaSinkContext context, Long timestamp) {
        String keyText = key.apply(element);
        byte[] keyBytes = keyText == null ? null : keyText.getBytes(StandardCharsets.UTF_8);
        List<Header> headers = headers(cloudEvent ? CLOUD_EVENT : JSON);
        return new ProducerRecord<>(topic, null, null, keyBytes, value.apply(element), headers);
    }
}
