package dev.tideline.job.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.job.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Someone in support who looks after alerts: acknowledges each that opens, rises or is reopened, and resolves it some days
 * after its last signal. When and with what outcome is drawn from the message's id, so the same alerts get the same care.
 * Holds one plan per alert that is not resolved. For one thread.
 */
final class SupportPerson implements AutoCloseable {
    private static final String NAME = "sam.support";

    /** What is to be done about an alert, and when. */
    record Plan(
            Instant at,
            String action,
            String cause,
            @Nullable String outcome) {}

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<String, String> producer;
    private final Settings.Topics topics;
    private final Pace pace;
    private final Map<String, Plan> plans = new HashMap<>();

    SupportPerson(Settings.Kafka kafka, Pace pace) {
        this.topics = kafka.topics();
        this.pace = pace;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new StringSerializer(), new StringSerializer());
        List<TopicPartition> alerts = List.of(new TopicPartition(topics.alerts(), 0));
        consumer.assign(alerts);
        // From the beginning: alerts of an earlier run may be waiting still.
        consumer.seekToBeginning(alerts);
    }

    /** Works until the demo ends. */
    void workUntil(Ending ending) {
        while (!ending.hasCome()) {
            for (ConsumerRecord<byte[], byte[]> told : consumer.poll(Duration.ofMillis(100))) {
                hear(News.read(told.value()));
            }
            actUpTo(pace.now());
        }
    }

    @Override
    public void close() {
        consumer.close();
        producer.close(Duration.ofSeconds(2));
    }

    private void hear(News news) {
        String alert = news.data().path("alert_id").asText();
        Plan plan = planFor(news);
        if (plan != null) {
            plans.put(alert, plan);
        } else if (news.what().equals("resolved")) {
            plans.remove(alert);
        }
    }

    /** What this person will do on hearing that; null if it changes nothing. */
    static @Nullable Plan planFor(News news) {
        Random chance = new Random(news.id().hashCode());
        return switch (news.what()) {
            case "opened", "escalated", "reopened" ->
                new Plan(news.time().plus(lookWithin(news, chance)), "acknowledge", news.id(), null);
            case "acknowledged" ->
                new Plan(news.time().plus(hours(36, 200, chance)), "resolve", news.id(), outcome(chance));
            case "updated" ->
                news.data().path("status").asText().equals("acknowledged")
                        ? new Plan(news.time().plus(hours(36, 200, chance)), "resolve", news.id(), outcome(chance))
                        : null;
            default -> null;
        };
    }

    private static Duration lookWithin(News news, Random chance) {
        return switch (news.data().path("level").asText()) {
            case "CRISIS" -> Duration.ofMinutes(3 + chance.nextInt(10));
            case "RED" -> hours(1, 20, chance);
            default -> hours(3, 44, chance);
        };
    }

    private static Duration hours(int least, int most, Random chance) {
        return Duration.ofMinutes(60L * least + chance.nextInt(60 * (most - least)));
    }

    private static String outcome(Random chance) {
        int drawn = chance.nextInt(10);
        return drawn < 6 ? "true_positive" : drawn < 8 ? "false_positive" : "unclear";
    }

    private void actUpTo(Instant now) {
        Iterator<Map.Entry<String, Plan>> each = plans.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Plan> due = each.next();
            if (!due.getValue().at().isAfter(now)) {
                String alert = due.getKey();
                producer.send(new ProducerRecord<>(topics.actions(), alert, action(alert, due.getValue())));
                each.remove();
            }
        }
    }

    /** The action as JSON. Its id depends on the cause alone: done twice, it is the same action. */
    static String action(String alert, Plan plan) {
        String identity = plan.cause() + " " + plan.action();
        ObjectNode action = JsonNodeFactory.instance.objectNode();
        action.put(
                "action_id",
                UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                        .toString());
        action.put("alert_id", alert);
        action.put("action", plan.action());
        action.put("by", NAME);
        action.put("at", plan.at().toString());
        if (plan.outcome() != null) {
            action.put("outcome", plan.outcome());
        }
        return action.toString();
    }
}
