package dev.tideline.job.benchmark;

import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * A platform's traffic, the same each time: 20,000 people, two hundred of whom are there at any time for sessions of 3 to 15
 * events, in the order of time but for up to five seconds.
 *
 * <p>The first event is of type {@code opened}. At the end each of {@link #FINISHERS} people sends one {@code finished}, and
 * another an hour later moves event time past it.
 */
final class Traffic {
    static final int FINISHERS = 64;

    private static final Instant BEGINNING = Instant.parse("2026-03-02T00:00:00Z");
    private static final int PEOPLE = 20_000;
    private static final int PRESENT = 200;
    private static final int MILLIS_BETWEEN_EVENTS = 600;
    private static final int DISORDER_MILLIS = 5_000;
    private static final String[] PATHS = {"/pricing", "/news", "/reports", "/forum", "/settings", "/help"};
    private static final String[] INTERACTIONS = {"view", "like", "share", "complete"};

    private final Random random = new Random(1);
    private final int[] user = new int[PRESENT];
    private final int[] left = new int[PRESENT];
    private long number;

    /** Gives each event, and the person as its key. */
    void withoutText(int events, BiConsumer<String, String> out) {
        long time = BEGINNING.toEpochMilli();
        give(out, PEOPLE, time, "opened", "{}");
        for (int count = 0; count < events; count++) {
            time += MILLIS_BETWEEN_EVENTS;
            give(out, nextPerson(), time - random.nextInt(DISORDER_MILLIS), random.nextInt(100));
        }
        finish(out, time);
    }

    /** The same people, saying things. */
    void withText(Iterable<String> texts, BiConsumer<String, String> out) {
        long time = BEGINNING.toEpochMilli();
        give(out, PEOPLE, time, "opened", "{}");
        for (String text : texts) {
            time += MILLIS_BETWEEN_EVENTS;
            String context = "{\"text\":\"" + text + "\",\"channel\":\"forum\",\"recipient_kind\":\"community\"}";
            give(out, nextPerson(), time - random.nextInt(DISORDER_MILLIS), "message_sent", context);
        }
        finish(out, time);
    }

    /** How many events come besides those that were asked for. */
    static int extra() {
        return 1 + 2 * FINISHERS;
    }

    private void finish(BiConsumer<String, String> out, long time) {
        for (int finisher = 1; finisher <= FINISHERS; finisher++) {
            give(out, PEOPLE + finisher, time + 60_000, "finished", "{}");
        }
        for (int finisher = 1; finisher <= FINISHERS; finisher++) {
            give(out, PEOPLE + finisher, time + 3_600_000, "closed", "{}");
        }
    }

    private int nextPerson() {
        int slot = random.nextInt(PRESENT);
        if (left[slot]-- == 0) {
            user[slot] = random.nextInt(PEOPLE);
            left[slot] = 3 + random.nextInt(13);
        }
        return user[slot];
    }

    private void give(BiConsumer<String, String> out, int person, long at, int percent) {
        if (percent < 55) {
            give(out, person, at, "page_view", "{\"path\":\"" + one(PATHS) + "\",\"referrer\":\"/home\"}");
        } else if (percent < 65) {
            String device = "{\"device\":{\"kind\":\"phone\",\"os\":\"android\",\"app\":\"4.2.0\"}}";
            give(out, person, at, "session_start", device);
        } else if (percent < 80) {
            String content = "\"content_id\":\"" + new UUID(2, random.nextInt(500)) + "\"";
            give(
                    out,
                    person,
                    at,
                    "content_interaction",
                    "{" + content + ",\"interaction_type\":\"" + one(INTERACTIONS) + "\"}");
        } else if (percent < 90) {
            String mood = String.format(Locale.ROOT, "%.1f", 3 + 7 * random.nextDouble());
            give(out, person, at, "emotion_logged", "{\"mood\":" + mood + ",\"emotion\":\"calm\"}");
        } else if (percent < 93) {
            int item9 = random.nextInt(50) == 0 ? 1 : 0;
            String items = "[1,0,1,0,1,0,1,0," + item9 + "]";
            give(
                    out,
                    person,
                    at,
                    "survey_response",
                    "{\"instrument\":\"PHQ-9\",\"score\":" + (4 + item9) + ",\"items\":" + items + "}");
        } else {
            give(out, person, at, "report_generated", "{\"pages\":" + random.nextInt(12) + ",\"kind\":\"weekly\"}");
        }
    }

    private void give(BiConsumer<String, String> out, int person, long at, String type, String context) {
        String id = new UUID(7, number++).toString();
        String who = new UUID(1, person).toString();
        out.accept(
                who,
                "{\"event_id\":\"" + id + "\",\"user_id\":\"" + who + "\",\"event_type\":\"" + type
                        + "\",\"event_timestamp\":\"" + Instant.ofEpochMilli(at) + "\",\"session_id\":\""
                        + new UUID(3, person) + "\",\"context\":" + context + "}");
    }

    private String one(String[] choice) {
        return choice[random.nextInt(choice.length)];
    }
}
