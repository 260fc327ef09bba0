package dev.tideline.job.demo.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The questionnaires that one person fills in every other week: PHQ-9 and, now and then, WHO-5. Answers follow the mood of
 * the day. For one thread.
 */
final class Check {
    private static final int EVERY_DAYS = 14;
    private static final int PHQ_9_ITEMS = 9;
    private static final int WHO_5_ITEMS = 5;

    private final Persona persona;
    private final Chance chance;
    private int next;

    Check(Persona persona, Chance chance) {
        this.persona = persona;
        this.chance = chance;
        // Whoever comes in acute distress is asked at once.
        this.next = persona == Persona.IN_CRISIS ? 0 : chance.whole(2, EVERY_DAYS);
    }

    boolean isDue(int day) {
        return day >= next;
    }

    void answer(Session session, int day, MoodCourse mood) {
        next = day + EVERY_DAYS;
        depression(session, day, mood);
        if (chance.holds(0.3)) {
            wellBeing(session, day, mood);
        }
    }

    private void depression(Session session, int day, MoodCourse mood) {
        double severity = Math.max(0, Math.min(1, (7 - mood.level(day)) / 5));
        ObjectNode context = session.add("survey_response");
        context.put("instrument", "PHQ-9");
        ArrayNode items = Json.object().putArray("items");
        int score = 0;
        for (int item = 1; item <= PHQ_9_ITEMS; item++) {
            int answer = item == PHQ_9_ITEMS ? item9(day, mood) : scaled(severity * 3 + chance.gaussian(0.5), 3);
            items.add(answer);
            score += answer;
        }
        context.put("score", score).put("source", "zigpoll");
        context.set("items", items);
    }

    private void wellBeing(Session session, int day, MoodCourse mood) {
        ObjectNode context = session.add("survey_response");
        context.put("instrument", "WHO-5");
        ArrayNode items = Json.object().putArray("items");
        int sum = 0;
        for (int item = 1; item <= WHO_5_ITEMS; item++) {
            int answer = scaled((mood.level(day) - 1) / 9 * 5 + chance.gaussian(0.6), 5);
            items.add(answer);
            sum += answer;
        }
        context.put("score", sum * 4).put("source", "zigpoll");
        context.set("items", items);
    }

    /** Thoughts of death or self-harm: those in acute crisis have them, and some who have fallen far. */
    private int item9(int day, MoodCourse mood) {
        if (persona == Persona.IN_CRISIS) {
            return day == 0 ? 1 : chance.whole(1, 3);
        }
        return mood.isFalling(day) && mood.level(day) < 3.5 && chance.holds(0.4) ? 1 : 0;
    }

    private static int scaled(double value, int most) {
        return (int) Math.max(0, Math.min(most, Math.round(value)));
    }
}
