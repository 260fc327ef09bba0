package dev.tideline.job.ingest.tide;

import dev.tideline.job.ingest.Channel;
import java.io.Serializable;
import java.util.List;

/** The names of the input topics, no two alike. */
public record TideTopics(String events, String profiles, String privacy, String rules, String actions)
        implements Serializable {
    /** The names as shipped. */
    public static final TideTopics DEFAULT =
            new TideTopics("behavioral-events", "user-profiles", "privacy-requests", "rules", "alert-actions");

    public TideTopics {
        List<String> names = List.of(events, profiles, privacy, rules, actions);
        if (names.stream().distinct().count() != names.size() || names.contains("")) {
            throw new IllegalArgumentException("the input topics need a name each, no two alike: " + names);
        }
    }

    /** All five names. */
    public List<String> names() {
        return List.of(events, profiles, privacy, rules, actions);
    }

    /** What comes in by a topic. */
    public Channel channelOf(String topic) {
        if (topic.equals(events)) {
            return Channel.EVENTS;
        } else if (topic.equals(profiles)) {
            return Channel.PROFILES;
        } else if (topic.equals(privacy)) {
            return Channel.PRIVACY;
        } else if (topic.equals(rules)) {
            return Channel.RULES;
        } else if (topic.equals(actions)) {
            return Channel.ACTIONS;
        }
        throw new IllegalArgumentException("not an input topic: " + topic);
    }
}
