package dev.tideline.job.demo;

import dev.tideline.job.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what the job tells, as any reader of the topics would, and says it on the screen: every alert, and of segment
 * changes as many as can be read. For one thread; it begins with what is told after it was made.
 */
final class Reporter implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final int CHANGES_A_SECOND = 6;
    private static final long SECOND = 1_000_000_000L;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Settings.Topics topics;
    private final Screen screen;
    private final Tally tally;
    private long secondBegan = System.nanoTime();
    private int shown;
    private int unshown;

    Reporter(Settings.Kafka kafka, Screen screen, Tally tally) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.topics = kafka.topics();
        this.screen = screen;
        this.tally = tally;
        List<TopicPartition> partitions = List.of(
                new TopicPartition(topics.alerts(), 0),
                new TopicPartition(topics.segmentChanges(), 0),
                new TopicPartition(topics.deadLetters(), 0));
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy, and the end must be that of now.
        partitions.forEach(consumer::position);
    }

    /** Tells until the demo ends. */
    void tellUntil(Ending ending) {
        while (!ending.hasCome()) {
            tellWhatIsThere();
        }
    }

    /** Tells what has come, or waits a little for something to come. */
    void tellWhatIsThere() {
        for (ConsumerRecord<byte[], byte[]> told : consumer.poll(Duration.ofMillis(200))) {
            tell(told);
        }
        if (System.nanoTime() - secondBegan >= SECOND) {
            tellOfUnshown();
            secondBegan = System.nanoTime();
            shown = 0;
        }
    }

    /** Leaves nothing untold: for the end. */
    void finish() {
        tellWhatIsThere();
        tellOfUnshown();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void tell(ConsumerRecord<byte[], byte[]> told) {
        if (told.topic().equals(topics.deadLetters())) {
            tally.deadLetter(reasonOf(told.value()));
            return;
        }
        News news = News.read(told.value());
        if (told.topic().equals(topics.alerts())) {
            tally.alert(news);
            screen.say(colour(news), alertLine(news));
        } else {
            tally.change(news);
            if (shown < CHANGES_A_SECOND) {
                shown++;
                screen.say(Screen.Colour.FAINT, changeLine(news));
            } else {
                unshown++;
            }
        }
    }

    private void tellOfUnshown() {
        if (unshown > 0) {
            screen.say(
                    Screen.Colour.FAINT,
                    "                  … and " + unshown + " more segment change" + (unshown == 1 ? "" : "s"));
            unshown = 0;
        }
    }

    static String alertLine(News news) {
        return "%s  ALERT %-6s %-12s %s  %s"
                .formatted(
                        TIME.format(news.time()),
                        news.data().path("level").asText(),
                        news.what(),
                        news.who(),
                        news.data().path("summary").asText());
    }

    static String changeLine(News news) {
        boolean entered = news.what().equals("entered");
        return "%s  %s  %s  %s  (%s)"
                .formatted(
                        TIME.format(news.time()),
                        entered ? "→ enters" : "← leaves",
                        news.who(),
                        news.data().path("segment").asText(),
                        news.data().path("reason").asText());
    }

    private static Screen.Colour colour(News news) {
        if (Set.of("resolved", "acknowledged").contains(news.what())) {
            return Screen.Colour.CALM;
        }
        return Screen.Colour.valueOf(news.data().path("level").asText());
    }

    private static String reasonOf(byte[] deadLetter) {
        String json = new String(deadLetter, StandardCharsets.UTF_8);
        int from = json.indexOf("\"reason\":\"") + "\"reason\":\"".length();
        return json.substring(from, json.indexOf('"', from));
    }
}
