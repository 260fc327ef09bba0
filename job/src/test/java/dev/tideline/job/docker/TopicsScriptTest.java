package dev.tideline.job.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.settings.Settings.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script with a stand-in for Kafka's tool, which prints how it is called. */
class TopicsScriptTest {

    private static final Topics TOPICS = Topics.DEFAULT;

    private final Map<String, Properties> created = new HashMap<>();
    private final Map<String, String> partitions = new HashMap<>();

    @BeforeEach
    void runTheScript(@TempDir Path kafka) throws IOException, InterruptedException {
        Path tool = Files.createDirectory(kafka.resolve("bin")).resolve("kafka-topics.sh");
        Files.writeString(tool, "#!/bin/sh\necho \"$@\"\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> environment =
                Map.of("KAFKA_HOME", kafka.toString(), "BOOTSTRAP", "broker:9092", "PARTITIONS", "12");
        Script.run("kafka/topics.sh", environment, kafka).forEach(this::remember);
    }

    @Test
    void createsTheTopicsOfTheJobAndNoOthers() {
        assertThat(created).containsOnlyKeys(TOPICS.all());
    }

    @Test
    void compactsTheTopicsOfWhichTheNewestRecordCounts() {
        assertThat(topicsWith("cleanup.policy", "compact")).hasSameElementsAs(TOPICS.compacted());
    }

    @Test
    void countsTheAgeOfOutputsFromTheirArrival() {
        assertThat(topicsWith("message.timestamp.type", "LogAppendTime"))
                .containsExactlyInAnyOrder(
                        TOPICS.alerts(),
                        TOPICS.segmentChanges(),
                        TOPICS.segmentMemberships(),
                        TOPICS.ruleStatus(),
                        TOPICS.deadLetters(),
                        TOPICS.health());
    }

    @Test
    void neverForgetsWhatAPersonAskedFor() {
        assertThat(created.get(TOPICS.privacy())).containsEntry("retention.ms", "-1");
    }

    @Test
    void keepsRulesInOneOrderAndSpreadsUsers() {
        assertThat(partitions).containsEntry(TOPICS.rules(), "1").containsEntry(TOPICS.events(), "12");
    }

    @Test
    void saysNothingThatTheBrokerWouldRefuse() {
        created.values().forEach(LogConfig::validate);
    }

    private void remember(String call) {
        List<String> words = List.of(call.split(" "));
        assertThat(words).contains("--create", "--if-not-exists").containsSequence("--bootstrap-server", "broker:9092");
        String topic = words.get(words.indexOf("--topic") + 1);
        Properties settings = new Properties();
        for (int at = 0; at < words.size(); at++) {
            if (words.get(at).equals("--config")) {
                String[] setting = words.get(at + 1).split("=", 2);
                settings.setProperty(setting[0], setting[1]);
            }
        }
        created.put(topic, settings);
        partitions.put(topic, words.get(words.indexOf("--partitions") + 1));
    }

    private Set<String> topicsWith(String setting, String value) {
        Set<String> topics = new HashSet<>();
        created.forEach((topic, settings) -> {
            if (value.equals(settings.getProperty(setting))) {
                topics.add(topic);
            }
        });
        return topics;
    }
}
