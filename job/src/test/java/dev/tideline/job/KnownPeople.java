package dev.tideline.job;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a handful of people did in March 2025: in a first part, and after it. Whoever reads results sees names for ids. */
final class KnownPeople {
    /** A word that is in texts and other private things, and nowhere else. */
    static final String MARKER = "Quetzalwort";

    static final String CONTENT = "c0000000-0000-4000-8000-000000000001";

    private static final Map<String, String> IDS = new LinkedHashMap<>();

    static {
        List<String> names = List.of("mira", "noor", "olga", "pia", "quin", "ruth", "sam", "tail");
        for (int i = 0; i < names.size(); i++) {
            IDS.put(names.get(i), "aaaaaaaa-0000-4000-8000-00000000000" + i);
        }
    }

    private record Said(String topic, String user, String at, String json) {}

    private KnownPeople() {}

    static String id(String name) {
        return IDS.getOrDefault(name, name);
    }

    static String event(int number) {
        return String.format("e0000000-0000-4000-8000-0000000000%02d", number);
    }

    /** The text with names in the place of ids: {@code mira}, {@code e07}. */
    static String named(String text) {
        String named = text;
        for (Map.Entry<String, String> entry : IDS.entrySet()) {
            named = named.replace(entry.getValue(), entry.getKey());
        }
        return named.replace(CONTENT, "content").replaceAll("e0000000-0000-4000-8000-0000000000(\\d\\d)", "e$1");
    }

    /** The first part; event time ends at 2025-03-20T00:00Z. */
    static void firstPart(LivePlace place) {
        send(
                place,
                did("mira", 1, "2025-03-01T10:00:00Z", "emotion_logged", "{\"mood\":8}"),
                did("mira", 2, "2025-03-01T10:10:00Z", "page_view", "{\"path\":\"/home\"}"),
                did("mira", 3, "2025-03-02T10:00:00Z", "emotion_logged", "{\"mood\":5}"),
                did("mira", 4, "2025-03-03T10:00:00Z", "emotion_logged", "{\"mood\":2}"),
                did(
                        "noor",
                        5,
                        "2025-03-04T09:00:00Z",
                        "survey_response",
                        "{\"instrument\":\"PHQ-9\",\"score\":5,\"items\":[0,0,1,1,0,1,1,0,1]}"),
                did(
                        "olga",
                        6,
                        "2025-03-05T12:00:00Z",
                        "feedback_given",
                        "{\"feedback_type\":\"rating\",\"rating\":1,\"content_id\":\"" + CONTENT + "\",\"text\":\""
                                + MARKER + " is not good\"}"),
                did("pia", 7, "2025-03-06T08:00:00Z", "page_view", "{\"path\":\"/pricing\"}"),
                did("pia", 7, "2025-03-06T08:02:00Z", "page_view", "{\"path\":\"/pricing\"}"),
                did("pia", 8, "2025-03-06T08:05:00Z", "page_view", "{\"path\":\"/pricing\"}"),
                did("pia", 9, "2025-03-06T08:10:00Z", "page_view", "{\"path\":\"/pricing\"}"),
                did(
                        "pia",
                        10,
                        "2025-03-06T08:20:00Z",
                        "content_interaction",
                        "{\"content_id\":\"" + CONTENT + "\",\"interaction_type\":\"like\"}"),
                did(
                        "sam",
                        11,
                        "2025-03-07T10:00:00Z",
                        "message_sent",
                        "{\"channel\":\"chat\",\"text\":\"" + MARKER + " is fine\"}"),
                did("tail", 12, "2025-03-20T00:00:00Z", "page_view", "{\"path\":\"/home\"}"),
                profile(
                        "quin",
                        "2025-03-02T00:00:00Z",
                        "\"account_type\":\"paid\",\"properties\":{\"industry\":\"SaaS\"},\"pii\":{\"name\":\"" + MARKER
                                + "\"}"),
                profile("ruth", "2025-03-02T01:00:00Z", "\"account_type\":\"paid\""),
                profile("sam", "2025-03-02T02:00:00Z", "\"account_type\":\"paid\""),
                consent("mira", "2025-03-01T00:00:00Z", true));
    }

    /** What comes when event time stands at the end of the first part. */
    static void secondPart(LivePlace place) {
        send(
                place,
                did("pia", 13, "2025-03-07T08:00:00Z", "page_view", "{\"path\":\"/pricing\"}"),
                profile("quin", "2025-03-20T12:00:00Z", "\"account_type\":\"free\""),
                consent("ruth", "2025-03-20T13:00:00Z", false),
                new Said(
                        LivePlace.TOPICS.privacy(),
                        "sam",
                        "2025-03-20T14:00:00Z",
                        "{\"type\":\"erasure\",\"user_id\":\"" + id("sam")
                                + "\",\"requested_at\":\"2025-03-20T14:00:00Z\"}"),
                resolve("noor", 20, 1),
                resolve("mira", 21, 7));
    }

    /** Moves event time to the end: nearly 2025-03-22T00:00Z. */
    static void end(LivePlace place) {
        send(place, did("tail", 14, "2025-03-22T00:00:00Z", "page_view", "{\"path\":\"/home\"}"));
    }

    private static void send(LivePlace place, Said... said) {
        List.of(said).stream()
                .sorted(Comparator.comparing(Said::at))
                .forEach(one -> place.send(one.topic(), id(one.user()), one.json()));
        place.flush();
    }

    private static Said did(String user, int number, String at, String type, String context) {
        return new Said(LivePlace.TOPICS.events(), user, at, json(user, number, at, type, context));
    }

    static String json(String user, int number, String at, String type, String context) {
        return "{\"event_id\":\"" + event(number) + "\",\"user_id\":\"" + id(user) + "\",\"event_type\":\"" + type
                + "\",\"event_timestamp\":\"" + at + "\",\"context\":" + context + "}";
    }

    private static Said profile(String user, String at, String fields) {
        return new Said(
                LivePlace.TOPICS.profiles(),
                user,
                at,
                "{\"user_id\":\"" + id(user) + "\",\"updated_at\":\"" + at + "\"," + fields + "}");
    }

    private static Said consent(String user, String at, boolean segmentation) {
        return new Said(
                LivePlace.TOPICS.privacy(),
                user,
                at,
                "{\"type\":\"consent\",\"user_id\":\"" + id(user)
                        + "\",\"purposes\":{\"risk_detection\":true,\"segmentation\":" + segmentation
                        + ",\"text_analysis\":true},\"updated_at\":\"" + at + "\"}");
    }

    private static Said resolve(String user, int number, int alert) {
        String alertId = id(user) + "/" + alert;
        return new Said(
                LivePlace.TOPICS.actions(),
                alertId,
                "2025-03-20T08:00:00Z",
                "{\"action_id\":\"" + event(number) + "\",\"alert_id\":\"" + alertId
                        + "\",\"action\":\"resolve\",\"by\":\"ines\",\"at\":\"2025-03-20T08:00:00Z\","
                        + "\"outcome\":\"true_positive\",\"note\":\"" + MARKER + "\"}");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
