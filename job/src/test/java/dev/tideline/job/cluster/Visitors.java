package dev.tideline.job.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * People who come every two hours, look at three pages in as many minutes, and so are in the segment {@code three-looks}
 * from their third look until their first is an hour old.
 */
final class Visitors {
    private static final Instant BEGINNING = Instant.parse("2025-11-03T10:00:00Z");
    private static final Duration BETWEEN_ROUNDS = Duration.ofHours(2);
    private static final int LOOKS = 3;

    private static final String THREE_LOOKS = """
            {"kind": "segment", "id": "three-looks", "version": 1, "name": "Three looks within the hour",
             "when": {"performed": "page_view", "at_least": 3, "within": "1h"}}
            """;
    private static final String BITTER_WORDS = """
            {"kind": "pattern", "id": "bitter-words", "version": 1, "name": "Writes something bitter",
             "family": "text", "level": "CRISIS", "immediate": true, "within": "1d",
             "sequence": [{"step": "said", "on": "text", "where": "text.assessed && text.sentiment <= 1"}]}
            """;
    private static final String ALL_PURPOSES =
            "{\"risk_detection\": true, \"segmentation\": true, \"text_analysis\": true}";

    private final Topics topics;
    private final List<String> people;
    private int events;

    Visitors(Topics topics, int people) {
        this.topics = topics;
        this.people = IntStream.range(0, people)
                .mapToObj(number -> new UUID(0, number).toString())
                .toList();
    }

    /** The rules, and everybody's consent. */
    void introduceThemselves() {
        Instant before = BEGINNING.minus(Duration.ofDays(1));
        topics.send("rules", before, "segment/three-looks", THREE_LOOKS);
        topics.send("rules", before, "pattern/bitter-words", BITTER_WORDS);
        for (String person : people) {
            topics.send(
                    "privacy-requests",
                    person,
                    "{\"type\": \"consent\", \"user_id\": \"" + person + "\", \"purposes\": " + ALL_PURPOSES
                            + ", \"updated_at\": \"" + before + "\"}");
        }
    }

    /** Everybody looks at a page: the first, second or third time in this round, counted from 0. */
    void look(int round, int look) {
        for (String person : people) {
            event(person, "page_view", roundsAfter(round).plus(Duration.ofMinutes(look)), "{\"path\": \"/news\"}");
        }
    }

    /** Time passes until everybody's round is over. */
    void letTimePass(int round) {
        Instant later = roundsAfter(round).plus(Duration.ofMinutes(90));
        for (int partition = 0; partition < Deployment.PARTITIONS; partition++) {
            String nobody = new UUID(1, partition).toString();
            topics.send("behavioral-events", partition, nobody, event(nobody, "tick", "{}", later));
        }
    }

    /** One of them answers the ninth question of PHQ-9 with 1. */
    void thinksOfDeath(int person, int round) {
        event(
                people.get(person),
                "survey_response",
                roundsAfter(round),
                "{\"instrument\": \"PHQ-9\", \"score\": 9, \"items\": [1, 1, 1, 1, 1, 1, 1, 1, 1]}");
    }

    /** One of them says so in words. */
    void says(int person, int round, String text) {
        event(
                people.get(person),
                "message_sent",
                roundsAfter(round),
                "{\"text\": \"" + text + "\", \"channel\": \"chat\", \"recipient_kind\": \"support\"}");
    }

    /** Whose that is. */
    String id(int person) {
        return people.get(person);
    }

    /** How many events were sent. */
    int events() {
        return events;
    }

    /** How many changes the segment must have seen after so many whole rounds. */
    int changesAfter(int rounds) {
        return people.size() * 2 * rounds;
    }

    /** Each of these changes, as {@code person sequence change time}. */
    List<String> expectedChanges(int rounds) {
        List<String> expected = new ArrayList<>();
        for (String person : people) {
            for (int round = 0; round < rounds; round++) {
                Instant third = roundsAfter(round).plus(Duration.ofMinutes(LOOKS - 1));
                Instant left = roundsAfter(round).plus(Duration.ofHours(1));
                expected.add(person + " " + (2 * round + 1) + " entered " + third);
                expected.add(person + " " + (2 * round + 2) + " exited " + left);
            }
        }
        return expected;
    }

    private static Instant roundsAfter(int round) {
        return BEGINNING.plus(BETWEEN_ROUNDS.multipliedBy(round));
    }

    private void event(String person, String type, Instant at, String context) {
        topics.send("behavioral-events", person, event(person, type, context, at));
    }

    private String event(String person, String type, String context, Instant at) {
        UUID id = UUID.nameUUIDFromBytes((person + type + at).getBytes(StandardCharsets.UTF_8));
        events++;
        return "{\"event_id\": \"" + id + "\", \"user_id\": \"" + person + "\", \"event_type\": \"" + type
                + "\", \"event_timestamp\": \"" + at + "\", \"context\": " + context + "}";
    }
}
