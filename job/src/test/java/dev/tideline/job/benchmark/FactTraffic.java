package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.TextFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Facts as they reach the person stage, the same each time: many people over many days, each fact delivered up to
 * {@link #DISORDER_MILLIS} after its time, so that they come out of order.
 */
final class FactTraffic {
    static final int DISORDER_MILLIS = 10_000;

    private static final Instant BEGINNING = Instant.parse("2026-03-02T00:00:00Z");
    private static final long DAY = 86_400_000;
    private static final int LEVELS = 10;

    /** A fact on its way. */
    private record Sent(long arrives, Fact fact) {}

    private final Random random;
    private final List<String> people;
    private final int[][] moods;
    private final List<Sent> sent = new ArrayList<>();

    private FactTraffic(int people, long seed) {
        random = new Random(seed);
        this.people = IntStream.range(0, people)
                .mapToObj(person -> new UUID(random.nextLong(), random.nextLong()).toString())
                .toList();
        moods = new int[people][4];
    }

    /** Three mood logs a day of each of 10,000 people. */
    static List<Fact> moods(int facts) {
        FactTraffic traffic = new FactTraffic(10_000, 11);
        long between = DAY / (3 * traffic.people.size());
        long time = BEGINNING.toEpochMilli();
        while (traffic.sent.size() < facts) {
            time += between;
            int person = traffic.random.nextInt(traffic.people.size());
            traffic.mood(person, time);
            if (traffic.random.nextInt(10) == 0) {
                traffic.mood(person, time + 1 + traffic.random.nextInt(5_000));
            }
        }
        return traffic.asTheyArrive(facts);
    }

    /** A session a day of each of 5,000 people: moods, texts, a survey now and then, and the session itself. */
    static List<Fact> sessions(int facts) {
        FactTraffic traffic = new FactTraffic(5_000, 12);
        long between = DAY / traffic.people.size();
        long time = BEGINNING.toEpochMilli();
        while (traffic.sent.size() < facts) {
            time += between;
            traffic.session(traffic.random.nextInt(traffic.people.size()), time);
        }
        return traffic.asTheyArrive(facts);
    }

    /** Four facts a day of each of 5,000 people, of four kinds in each of so many groups. */
    static List<Fact> groups(int groups, int facts) {
        FactTraffic traffic = new FactTraffic(5_000, 13);
        long between = DAY / (4 * traffic.people.size());
        long time = BEGINNING.toEpochMilli();
        while (traffic.sent.size() < facts) {
            time += between;
            int person = traffic.random.nextInt(traffic.people.size());
            String kind = HundredPatterns.kind(traffic.random.nextInt(groups), traffic.random.nextInt(4));
            double level = traffic.random.nextInt(LEVELS) / (LEVELS - 1.0);
            traffic.send(traffic.fact(kind, person, time, "{\"level\":" + level + "}", null, null, null, null));
        }
        return traffic.asTheyArrive(facts);
    }

    /** Four facts a day of each of so many people, who know so many of the groups each, and all four kinds of these. */
    static List<Fact> habits(int people, int groups, int known, int facts) {
        FactTraffic traffic = new FactTraffic(people, 14);
        long between = DAY / (4 * traffic.people.size());
        long time = BEGINNING.toEpochMilli();
        while (traffic.sent.size() < facts) {
            time += between;
            int person = traffic.random.nextInt(traffic.people.size());
            int group = (person + traffic.random.nextInt(known) * (groups / known)) % groups;
            String kind = HundredPatterns.kind(group, traffic.random.nextInt(4));
            double level = traffic.random.nextInt(LEVELS) / (LEVELS - 1.0);
            traffic.send(traffic.fact(kind, person, time, "{\"level\":" + level + "}", null, null, null, null));
        }
        return traffic.asTheyArrive(facts);
    }

    private List<Fact> asTheyArrive(int facts) {
        return sent.stream()
                .sorted(Comparator.comparingLong(Sent::arrives))
                .limit(facts)
                .map(Sent::fact)
                .toList();
    }

    private void session(int person, long start) {
        int events = 1 + random.nextInt(5);
        long at = start;
        double lowest = 1;
        double sum = 0;
        int logs = 0;
        int negative = 0;
        for (int event = 0; event < events; event++) {
            at += 1 + random.nextInt(90_000);
            int percent = random.nextInt(100);
            if (percent < 45) {
                double level = mood(person, at);
                lowest = Math.min(lowest, level);
                sum += level;
                logs++;
            } else if (percent < 93) {
                negative += text(person, at) ? 1 : 0;
            } else {
                survey(person, at);
            }
        }
        SessionFact session = new SessionFact(
                Instant.ofEpochMilli(start),
                Instant.ofEpochMilli(at),
                events,
                0,
                0,
                logs == 0 ? null : sum / logs,
                logs == 0 ? null : lowest,
                logs,
                null,
                null,
                negative,
                0);
        send(fact(Fact.Derived.SESSION, person, at + 1_800_000, null, session, null, null));
    }

    /** Moods move by small steps, as people's do. */
    private double mood(int person, long at) {
        int[] last = moods[person];
        int next = Math.max(0, Math.min(LEVELS - 1, last[0] + random.nextInt(5) - 2));
        System.arraycopy(last, 0, last, 1, last.length - 1);
        last[0] = next;
        int lowest = (int) IntStream.of(last).filter(level -> level == 0).count();
        double level = next / (LEVELS - 1.0);
        send(fact("emotion_logged", person, at, null, null, MoodFact.ofLog(level, lowest), null));
        return level;
    }

    private boolean text(int person, long at) {
        int sentiment = Math.min(4, random.nextInt(6));
        boolean crisis = random.nextInt(500) == 0;
        boolean rated = random.nextInt(4) == 0;
        TextFact text = new TextFact(
                rated ? "feedback" : "message",
                sentiment,
                List.of(0.2, 0.2, 0.2, 0.2, 0.2),
                true,
                -1,
                crisis ? "ideation" : "none",
                crisis ? "ideation" : "none",
                "first",
                false,
                "now",
                List.of(),
                rated ? (1 + random.nextInt(5)) / 5.0 : null,
                "benchmark");
        send(fact(Fact.Derived.TEXT, person, at, text, null, null, null));
        return text.negative();
    }

    private void survey(int person, long at) {
        int item9 = random.nextInt(40) == 0 ? 1 : 0;
        SurveyFact survey = new SurveyFact("PHQ-9", 4.0 + item9, List.of(), "minimal", null, null, null, item9, null);
        send(fact(Fact.Derived.SURVEY, person, at, null, null, null, survey));
    }

    private void send(Fact fact) {
        sent.add(new Sent(fact.millis() + random.nextInt(DISORDER_MILLIS), fact));
    }

    private Fact fact(
            String kind,
            int person,
            long millis,
            @Nullable TextFact text,
            @Nullable SessionFact session,
            @Nullable MoodFact mood,
            @Nullable SurveyFact survey) {
        return fact(kind, person, millis, null, text, session, mood, survey);
    }

    private Fact fact(
            String kind,
            int person,
            long millis,
            @Nullable String context,
            @Nullable TextFact text,
            @Nullable SessionFact session,
            @Nullable MoodFact mood,
            @Nullable SurveyFact survey) {
        Instant at = Instant.ofEpochMilli(millis);
        String id = new UUID(random.nextLong(), sent.size()).toString();
        return new Fact(kind, id, people.get(person), at, context, text, session, mood, survey, null, null, false, at);
    }
}
