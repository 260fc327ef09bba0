package dev.tideline.job.demo;

import dev.tideline.job.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** Creates the topics that are missing, as the contract wants them. */
final class DemoTopics {
    /** Of the events; every other topic has one. */
    static final int EVENT_PARTITIONS = 4;

    private DemoTopics() {}

    /** Returns when the broker has them all. */
    static void create(String bootstrap, Settings.Topics topics) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            Set<String> there = admin.listTopics().names().get();
            List<NewTopic> missing = topics.all().stream()
                    .filter(name -> !there.contains(name))
                    .map(name -> topic(name, topics))
                    .collect(Collectors.toList());
            admin.createTopics(missing).all().get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were made", interrupted);
        } catch (ExecutionException refused) {
            throw new IllegalStateException("the broker did not make the topics", refused.getCause());
        }
    }

    private static NewTopic topic(String name, Settings.Topics topics) {
        NewTopic topic = new NewTopic(name, name.equals(topics.events()) ? EVENT_PARTITIONS : 1, (short) 1);
        if (topics.compacted().contains(name)) {
            return topic.configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        }
        boolean out = topics.all().indexOf(name) >= topics.all().indexOf(topics.alerts());
        // The job stamps what it writes with event time: by that, retention would delete weeks-old news at once.
        return out
                ? topic.configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"))
                : topic.configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
    }
}
