package dev.tideline.job.benchmark;

import dev.tideline.job.demo.EmbeddedPostgresServer;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.segment.SegmentEngine;
import dev.tideline.patterns.segment.SegmentState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Measures three segments against the same questions as SQL over {@code behavioral_events}, asked every minute: processor
 * time, how old a change is when it is seen, and how many are never seen. It fails if SQL and segments do not name the same
 * members.
 */
final class PollBenchmark {
    private static final long MINUTE = 60_000;
    private static final int MINUTES_A_DAY = 1_440;

    /** A segment, and the query that asks the same. */
    private record Asked(String segment, String when, String query) {
        String document() {
            return "kind: segment\nid: " + segment + "\nversion: 1\nname: " + segment + "\nwhen: " + when + "\n";
        }
    }

    private static final List<Asked> ASKED = List.of(
            new Asked("busy", "{ performed: page_view, at_least: 3, within: 3m }", """
                    SELECT user_id FROM tideline.behavioral_events
                    WHERE event_type = 'page_view'
                      AND event_timestamp > ?::timestamptz - interval '3 minutes' AND event_timestamp <= ?::timestamptz
                    GROUP BY user_id HAVING count(*) >= 3"""),
            new Asked(
                    "keen",
                    "{ all: [{ performed: report_generated, at_least: 2, within: 3d },"
                            + " { not: { performed: trial_started, within: 3d } }] }",
                    """
                    SELECT user_id FROM tideline.behavioral_events
                    WHERE event_type IN ('report_generated', 'trial_started')
                      AND event_timestamp > ?::timestamptz - interval '3 days' AND event_timestamp <= ?::timestamptz
                    GROUP BY user_id
                    HAVING count(*) FILTER (WHERE event_type = 'report_generated') >= 2
                       AND count(*) FILTER (WHERE event_type = 'trial_started') = 0"""),
            new Asked(
                    "away",
                    "{ all: [{ performed: report_generated }, { not: { performed: report_generated, within: 1d } }] }",
                    """
                    SELECT user_id FROM tideline.behavioral_events
                    WHERE event_type = 'report_generated' AND event_timestamp <= ?::timestamptz
                    GROUP BY user_id HAVING max(event_timestamp) <= ?::timestamptz - interval '1 day'"""));

    private final int people;
    private final int days;
    private final List<Fact> facts;
    private final long begin;
    private final long end;

    private PollBenchmark(int people, int days, int minutes) {
        this.people = people;
        this.days = days;
        end = Visits.BEGINNING.toEpochMilli() + days * Visits.DAY;
        begin = end - minutes * MINUTE;
        facts = Visits.of(people, days).stream()
                .filter(fact -> fact.millis() <= end)
                .toList();
    }

    /**
     * Arguments: how many people (100,000), days of history (4), minutes in which is polled (10), how many of the facts on
     * RocksDB (300,000).
     */
    public static void main(String[] arguments) throws Exception {
        PollBenchmark benchmark =
                new PollBenchmark(number(arguments, 0, 100_000), number(arguments, 1, 4), number(arguments, 2, 10));
        benchmark.poll();
        benchmark.follow(number(arguments, 3, 300_000));
        System.exit(0);
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private static String documents() {
        return String.join("---\n", ASKED.stream().map(Asked::document).toList());
    }

    /** What the segments say. */
    private record Exact(List<SegmentChange> changes, Map<String, Set<String>> members) {}

    private Exact exact() {
        SegmentEngine engine = HostedSegments.engine(documents());
        Map<String, SegmentState> users = new HashMap<>();
        List<SegmentChange> changes = new ArrayList<>();
        for (Fact fact : facts) {
            SegmentState state = users.computeIfAbsent(fact.user(), SegmentState::new);
            keep(HostedSegments.changes(engine, state, fact).live(), changes);
        }
        Map<String, Set<String>> members = new HashMap<>();
        users.forEach((user, state) -> {
            keep(engine.advance(state, end).live(), changes);
            ASKED.stream()
                    .filter(asked -> state.isMember(asked.segment()))
                    .forEach(asked -> members.computeIfAbsent(asked.segment(), none -> new HashSet<>())
                            .add(user));
        });
        return new Exact(changes, members);
    }

    private void keep(List<SegmentChange> told, List<SegmentChange> changes) {
        told.stream().filter(change -> change.at().toEpochMilli() > begin).forEach(changes::add);
    }

    private void poll() throws Exception {
        Path folder = Files.createTempDirectory("tideline-poll");
        try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(folder, 0, false);
                Poll poll = Poll.of(postgres)) {
            poll.store(between(Long.MIN_VALUE, begin));
            for (Asked asked : ASKED) {
                poll.run(asked.segment(), asked.query(), Instant.ofEpochMilli(begin));
            }
            poll.analyze();
            Map<Long, Long> nanos = new HashMap<>();
            Duration cpu = Duration.ZERO;
            int seen = 0;
            for (long now = begin + MINUTE; now <= end; now += MINUTE) {
                poll.store(between(now - MINUTE, now));
                long wall = 0;
                for (Asked asked : ASKED) {
                    Poll.Run run = poll.run(asked.segment(), asked.query(), Instant.ofEpochMilli(now));
                    cpu = cpu.plus(run.cpu());
                    wall += run.wall().toNanos();
                    seen += run.entered() + run.exited();
                }
                nanos.put(now, wall);
            }
            report(poll, cpu, seen, nanos);
        }
    }

    private void report(Poll poll, Duration cpu, int seen, Map<Long, Long> nanos) throws Exception {
        Exact exact = exact();
        for (Asked asked : ASKED) {
            Set<String> polled = poll.members(asked.segment());
            if (!polled.equals(exact.members().getOrDefault(asked.segment(), Set.of()))) {
                throw new IllegalStateException(asked.segment() + ": SQL and segments do not name the same members");
            }
        }
        Map<String, SegmentChange> lastOfMinute = new HashMap<>();
        Map<String, Integer> ofMinute = new HashMap<>();
        for (SegmentChange change : exact.changes()) {
            String place = change.user() + change.segment() + run(change);
            lastOfMinute.put(place, change);
            ofMinute.merge(place, 1, Integer::sum);
        }
        lastOfMinute.keySet().removeIf(place -> ofMinute.getOrDefault(place, 0) % 2 == 0);
        if (lastOfMinute.size() != seen) {
            throw new IllegalStateException("SQL saw " + seen + " changes, not " + lastOfMinute.size());
        }
        double[] ages = lastOfMinute.values().stream()
                .mapToDouble(change ->
                        (run(change) - change.at().toEpochMilli()) / 1e3 + nanos.getOrDefault(run(change), 0L) / 1e9)
                .sorted()
                .toArray();
        double minutes = (end - begin) / (double) MINUTE;
        System.out.printf(
                Locale.ROOT,
                "%nSQL every minute, %,d people, %,d events stored: %.1f ms of processor a user-day (%.2f s a run);%n"
                        + "a change is seen after %.1f s (median), %.1f s (mean), %.1f s (longest);%n"
                        + "of %,d changes in %.0f minutes %,d are never seen (%.2f %%)%n",
                people,
                facts.size(),
                cpu.toNanos() / 1e6 / minutes * MINUTES_A_DAY / people,
                cpu.toNanos() / 1e9 / minutes,
                ages[ages.length / 2],
                Arrays.stream(ages).average().orElse(0),
                ages[ages.length - 1],
                exact.changes().size(),
                minutes,
                exact.changes().size() - seen,
                100.0 * (exact.changes().size() - seen) / exact.changes().size());
    }

    /** The instant of the first run that can see the change. */
    private long run(SegmentChange change) {
        long since = change.at().toEpochMilli() - begin;
        return begin + (since + MINUTE - 1) / MINUTE * MINUTE;
    }

    private List<Fact> between(long after, long until) {
        return facts.stream()
                .filter(fact -> fact.millis() > after && fact.millis() <= until)
                .toList();
    }

    private void follow(int rocksFacts) throws Exception {
        List<Fact> rocks = facts.subList(0, Math.min(rocksFacts, facts.size()));
        long until = rocks.get(rocks.size() - 1).millis();
        Map<String, Contest.Result> results = new Contest("hashmap", 0, 1)
                .enterUnjudged("segments alone, heap", facts, SegmentBenchmark.thin(documents(), facts))
                .enterUnjudged("the job's whole person stage, heap", facts, PersonStage.of(documents(), last()))
                .enterOn("rocksdb", "segments alone, RocksDB", rocks, SegmentBenchmark.thin(documents(), rocks))
                .enterOn("rocksdb", "the job's whole person stage, RocksDB", rocks, PersonStage.of(documents(), until))
                .run();
        double factsADay = facts.size() / (double) people / days;
        results.values()
                .forEach(result -> System.out.printf(
                        Locale.ROOT,
                        "%s: %.3f ms of processor a user-day (%.1f µs an event, %.1f events a user-day, %,d changes)%n",
                        result.name(),
                        result.cpuMicros() / 1e3 * factsADay,
                        result.cpuMicros(),
                        factsADay,
                        result.matches().count()));
    }

    private long last() {
        return facts.get(facts.size() - 1).millis();
    }
}
