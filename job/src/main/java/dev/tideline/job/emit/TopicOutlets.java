package dev.tideline.job.emit;

import dev.tideline.job.rules.RuleStatus;
import dev.tideline.job.settings.Settings;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.SegmentChange;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The topics that results go to: alerts at once and at least once, segment changes exactly once. */
public final class TopicOutlets {
    private final Settings.Kafka kafka;

    private TopicOutlets(Settings.Kafka kafka) {
        this.kafka = kafka;
    }

    /** The outlets of a live job. */
    public static Outlets of(Settings.Kafka kafka, Ledger ledger) {
        TopicOutlets outlets = new TopicOutlets(kafka);
        return new Outlets(
                outlets.alerts(), outlets.segmentChanges(), outlets.ruleStatus(), outlets.deadLetters(), ledger);
    }

    private KafkaSink<AlertMessage> alerts() {
        return atLeastOnce(new TopicRecord<>(kafka.topics().alerts(), AlertMessage::user, Wire::alert, true));
    }

    private KafkaSink<SegmentChange> segmentChanges() {
        KafkaSinkBuilder<SegmentChange> builder = this.<SegmentChange>builder()
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(kafka.group() + "-segment-changes")
                .setProperty(
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        Long.toString(kafka.transactionTimeout().toMillis()));
        return builder.setRecordSerializer(new TopicRecord<>(
                        kafka.topics().segmentChanges(), SegmentChange::user, Wire::segmentChange, true))
                .build();
    }

    private KafkaSink<RuleStatus> ruleStatus() {
        return atLeastOnce(new TopicRecord<>(kafka.topics().ruleStatus(), RuleStatus::key, Wire::ruleStatus, false));
    }

    private KafkaSink<DeadLetter> deadLetters() {
        return atLeastOnce(new TopicRecord<>(kafka.topics().deadLetters(), DeadLetter::key, Wire::deadLetter, false));
    }

    private <T> KafkaSink<T> atLeastOnce(TopicRecord<T> records) {
        return this.<T>builder()
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(records)
                .build();
    }

    private <T> KafkaSinkBuilder<T> builder() {
        Properties properties = new Properties();
        properties.putAll(kafka.properties());
        // What is urgent does not wait for company.
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return KafkaSink.<T>builder().setBootstrapServers(kafka.bootstrap()).setKafkaProducerConfig(properties);
    }
}
