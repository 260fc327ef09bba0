package dev.tideline.job.person;

import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.Recalled;
import dev.tideline.patterns.fact.SessionFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A seeded life of one person, with segments that come in its middle, and what a database would keep of it. */
final class Life {
    static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final int MINUTES = 600;
    private static final List<String> CONDITIONS = List.of(
            "performed: a, at_least: 2, within: 40m",
            "performed: a, at_least: 3",
            "not: { performed: b, within: 25m }",
            "performed: b, between: [1, 3], within: 90m",
            "all: [ { performed: a, where: 'user.account_type == \"free\"', within: 60m }, { not: { performed: b } } ]",
            "performed: session, where: 'session.events > 3', within: 3h",
            "any: [ { sequence: [ { step: one, on: a }, { step: two, on: b } ], within: 30m }, { performed: c, at_least: 4 } ]",
            "sequence: [ { step: one, on: a }, { step: no, on: c, contiguity: not_followed_by }, { step: two, on: b } ], within: 35m",
            "sequence: [ { step: one, on: b, where: 'user.account_type == \"free\"' }, { step: two, on: session } ], within: 50m",
            "all: [ { segment: base }, { performed: c, at_least: 2, within: 2h } ]",
            "all: [ { not: { segment: base } }, { performed: a, within: 20m } ]");

    /** Something that happens to the task. */
    record Step(
            @Nullable Arrival arrival,
            @Nullable Instant time,
            @Nullable RuleRevision rule) {}

    final List<Step> steps = new ArrayList<>();
    private final Random random;
    private final TreeMap<Long, List<Past>> past = new TreeMap<>();
    private int number;
    private boolean baseChanged;
    private List<Purpose> granted = List.of(Purpose.RISK_DETECTION, Purpose.SEGMENTATION);

    private record Past(
            int rank,
            String id,
            long takenAt,
            @Nullable Fact fact,
            @Nullable ProfilePatch profile) {}

    /** @param consents whether consent comes and goes; then nothing is late and no session ends, which it would be told beside */
    Life(long seed, boolean consents) {
        random = new Random(seed);
        long now = Long.MIN_VALUE;
        int changes = 2 + random.nextInt(2);
        for (int minute = 1; minute < MINUTES; minute += 1 + random.nextInt(6)) {
            Instant at = BEGIN.plusSeconds(60L * minute);
            if (changes > 0 && minute > 100 && random.nextInt(20) == 0) {
                changes--;
                steps.add(new Step(null, null, rule(at)));
            }
            for (int left = random.nextInt(3); left > 0; left--) {
                come(arrival(at, consents), now);
            }
            if (random.nextInt(4) == 0) {
                now = Math.max(now, at.minusSeconds(60L * random.nextInt(3)).toEpochMilli());
                steps.add(new Step(null, Instant.ofEpochMilli(now), null));
            }
        }
    }

    static String base() {
        return segment("base", 1, "performed: c, within: 45m");
    }

    private static String segment(String id, int version, String when) {
        return "{ kind: segment, id: " + id + ", version: " + version + ", name: x, when: { " + when + " } }";
    }

    private RuleRevision rule(Instant at) {
        number++;
        boolean another = !baseChanged && random.nextInt(3) == 0;
        String id = another ? "base" : "s" + number;
        baseChanged |= another;
        String when = id.equals("base")
                ? CONDITIONS.get(random.nextInt(9))
                : CONDITIONS.get(random.nextInt(CONDITIONS.size()));
        long from = at.toEpochMilli() + random.nextInt(3) * 60_000L;
        return PersonStory.revisions(number, segment(id, 1 + number, when), from)
                .get(0);
    }

    private Arrival arrival(Instant at, boolean consents) {
        int what = random.nextInt(consents ? 24 : 22);
        if (what < 18) {
            boolean late = !consents && random.nextInt(5) == 0;
            Instant time = late ? at.minusSeconds(60L * random.nextInt(50)) : at;
            String id = new UUID(random.nextLong(), random.nextLong()).toString();
            String type = List.of("a", "b", "c").get(random.nextInt(3));
            return Arrival.of(new Event(id, PersonStory.USER, type, time, null, "{}", null, null, null, granted, time));
        } else if (what < 20 && !consents) {
            SessionFact session = new SessionFact(
                    at.minusSeconds(3000), at, 1 + random.nextInt(6), 0, 0, null, null, 0, null, null, 0, 0);
            return Arrival.of(PersonStory.USER, at, session);
        } else if (what < 22) {
            String type = random.nextBoolean() ? "\"free\"" : "\"paid\"";
            return Arrival.of(new ProfilePatch(PersonStory.USER, at, Map.of("account_type", type), null, null));
        }
        granted = random.nextInt(3) == 0
                ? List.of(Purpose.RISK_DETECTION)
                : List.of(Purpose.RISK_DETECTION, Purpose.SEGMENTATION);
        return Arrival.of(new PrivacyRequest(PersonStory.USER, at, false, granted));
    }

    private void come(Arrival arrival, long now) {
        long at = arrival.at().toEpochMilli();
        boolean late = now > Long.MIN_VALUE && at <= now;
        if (late && arrival.kind() == Arrival.Kind.SESSION) {
            return;
        }
        steps.add(new Step(arrival, null, null));
        long takenAt = late ? now : at;
        int rank = late ? 9 : arrival.profile() != null ? 2 : arrival.session() != null ? 3 : 4;
        if (arrival.event() != null && !granted.contains(Purpose.SEGMENTATION)) {
            return;
        } else if (arrival.event() != null) {
            keep(new Past(
                    rank, late ? "" : arrival.event().id(), takenAt, Fact.ofEvent(arrival.event(), null, late), null));
        } else if (arrival.session() != null) {
            Fact fact = Fact.ofSession(PersonStory.USER, arrival.at(), arrival.session(), false);
            keep(new Past(rank, "", takenAt, fact, null));
        } else if (arrival.profile() != null) {
            keep(new Past(rank, "", takenAt, null, arrival.profile()));
        }
    }

    private void keep(Past one) {
        past.computeIfAbsent(one.takenAt, any -> new ArrayList<>()).add(one);
    }

    /** All that is kept of what was taken up to the instant, in the order in which it was taken. */
    List<Arrival> recall(long pass, Instant upTo) {
        List<Arrival> all = new ArrayList<>();
        for (List<Past> instant : past.headMap(upTo.toEpochMilli(), true).values()) {
            List<Past> sorted = new ArrayList<>(instant);
            sorted.sort(Comparator.comparingInt(Past::rank).thenComparing(Past::id));
            for (Past one : sorted) {
                Recalled recalled = one.fact == null
                        ? Recalled.of(pass, one.takenAt, all.isEmpty(), Objects.requireNonNull(one.profile))
                        : Recalled.of(pass, one.takenAt, all.isEmpty(), one.fact);
                all.add(Arrival.of(PersonStory.USER, recalled));
            }
        }
        return all;
    }
}
