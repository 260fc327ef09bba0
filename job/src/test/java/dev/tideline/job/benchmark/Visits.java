package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * People who come by once a day: some page views a few seconds or minutes apart, now and then a report, seldom a trial. The
 * same each time, no two facts of one person in the same millisecond.
 */
final class Visits {
    static final String VIEW = "page_view";
    static final String REPORT = "report_generated";
    static final String TRIAL = "trial_started";
    static final Instant BEGINNING = Instant.parse("2026-03-02T00:00:00Z");
    static final long DAY = 86_400_000;

    private final Random random = new Random(21);
    private final List<String> people;
    private final List<Fact> facts = new ArrayList<>();

    private Visits(int people) {
        this.people = IntStream.range(0, people)
                .mapToObj(person -> new UUID(random.nextLong(), random.nextLong()).toString())
                .toList();
    }

    /** All facts of so many people and days, in the order of time. */
    static List<Fact> of(int people, int days) {
        Visits visits = new Visits(people);
        for (int day = 0; day < days; day++) {
            for (String person : visits.people) {
                visits.visit(person, BEGINNING.toEpochMilli() + day * DAY + (long) (visits.random.nextDouble() * DAY));
            }
        }
        visits.facts.sort(Comparator.comparingLong(Fact::millis));
        return visits.facts;
    }

    private void visit(String person, long from) {
        long at = from;
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            add(VIEW, person, at);
            at += 1_000 + random.nextInt(120_000);
        }
        if (random.nextInt(2) == 0) {
            add(REPORT, person, at);
        }
        if (random.nextInt(40) == 0) {
            add(TRIAL, person, at + 1 + random.nextInt(60_000));
        }
    }

    private void add(String kind, String person, long millis) {
        Instant at = Instant.ofEpochMilli(millis);
        String id = new UUID(random.nextLong(), facts.size()).toString();
        facts.add(new Fact(kind, id, person, at, "{}", null, null, null, null, null, null, false, at));
    }
}
