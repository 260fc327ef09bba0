package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.KeyedStream;

/**
 * Measures what segments cost, against a keyed function that does nothing and against fewer segments; prints the tables of
 * {@code benchmarks.md}. It fails if the thin function and the job's whole stage do not tell the same changes.
 */
final class SegmentBenchmark {
    private static final String NOTHING = "a keyed function that does nothing";
    private static final String ORDER = "order alone";
    private static final String TEN = "10 segments";
    private static final String SAME_HABITS = "1,000 segments, each user knows 1 of the 100 groups";
    private static final String MANY_HABITS = "1,000 segments, each user knows 10 of the 100 groups";
    private static final String OURS = "100 segments";
    private static final String STAGE = "100 segments, the job's whole person stage";
    private static final String HEAP = "hashmap";
    private static final String ROCKS = "rocksdb";

    private final int heapFacts;
    private final int rocksFacts;
    private final int rounds;
    private final int people;

    private SegmentBenchmark(int heapFacts, int rocksFacts, int rounds, int people) {
        this.heapFacts = heapFacts;
        this.rocksFacts = rocksFacts;
        this.rounds = rounds;
        this.people = people;
    }

    /**
     * Arguments: which tables ({@code thousand,hundred}), how many facts on the heap (250,000), on RocksDB (100,000), how many
     * rounds (5), how many people (5,000).
     */
    public static void main(String[] arguments) throws Exception {
        Set<String> tables = Set.of((arguments.length > 0 ? arguments[0] : "thousand,hundred").split(","));
        SegmentBenchmark benchmark = new SegmentBenchmark(
                number(arguments, 1, 250_000),
                number(arguments, 2, 100_000),
                number(arguments, 3, 5),
                number(arguments, 4, 5_000));
        if (tables.contains("thousand")) {
            benchmark.thousand();
        }
        if (tables.contains("hundred")) {
            benchmark.hundred();
        }
        System.exit(0);
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private void thousand() throws Exception {
        String ten = GroupsOfSegments.documents(1);
        String thousand = GroupsOfSegments.documents(100);
        List<Fact> one = FactTraffic.habits(people, 1, 1, heapFacts);
        List<Fact> same = FactTraffic.habits(people, 100, 1, heapFacts);
        List<Fact> many = FactTraffic.habits(people, 100, 10, heapFacts);
        Map<String, Contest.Result> results = new Contest(HEAP, 2, rounds)
                .enterUnjudged(TEN, one, thin(ten, one))
                .enterUnjudged(SAME_HABITS, same, thin(thousand, same))
                .enterUnjudged(MANY_HABITS, many, thin(thousand, many))
                .enterUnjudged(ORDER, one, facts -> byUser(facts).process(new OrderAlone()))
                .enterUnjudged(NOTHING, one, facts -> byUser(facts).process(new Nothing()))
                .run();
        print(
                "a thousand segments, heap",
                results,
                List.of(
                        new Contest.Column("the cost of " + TEN, (own, all) -> own.wallMicros() / wall(all, TEN)),
                        new Contest.Column("by CPU", (own, all) -> own.cpuMicros() / cpu(all, TEN))));
        print(TEN, Weight.of(ten, one));
        print(SAME_HABITS, Weight.of(thousand, same));
        print(MANY_HABITS, Weight.of(thousand, many));
    }

    private void hundred() throws Exception {
        String documents = GroupsOfSegments.documents(10);
        List<Fact> heap = FactTraffic.habits(people, 10, 3, heapFacts);
        List<Fact> rocks = heap.subList(0, Math.min(rocksFacts, heap.size()));
        Map<String, Contest.Result> results = new Contest(HEAP, 2, rounds)
                .enter(OURS, heap, thin(documents, heap))
                .enter(STAGE, heap, PersonStage.of(documents, last(heap)))
                .enterUnjudged(NOTHING, heap, facts -> byUser(facts).process(new Nothing()))
                .enterUnjudged(ORDER, heap, facts -> byUser(facts).process(new OrderAlone()))
                .enterOn(ROCKS, on(ROCKS, OURS), rocks, thin(documents, rocks))
                .enterOn(ROCKS, on(ROCKS, STAGE), rocks, PersonStage.of(documents, last(rocks)))
                .enterOn(ROCKS, on(ROCKS, ORDER), rocks, facts -> byUser(facts).process(new OrderAlone()))
                .run();
        print(
                "a hundred segments, heap and RocksDB",
                results,
                List.of(
                        new Contest.Column("× nothing", (own, all) -> wall(all, NOTHING) / own.wallMicros()),
                        new Contest.Column("by CPU", (own, all) -> cpu(all, NOTHING) / own.cpuMicros()),
                        new Contest.Column("× on the heap", (own, all) -> wall(all, heapOf(own)) / own.wallMicros()),
                        new Contest.Column("by CPU", (own, all) -> cpu(all, heapOf(own)) / own.cpuMicros())));
        print(OURS, Weight.of(documents, heap));
    }

    private static String on(String backend, String name) {
        return name + ", " + backend;
    }

    private static String heapOf(Contest.Result result) {
        return result.name().replace(", " + ROCKS, "");
    }

    /** Over Flink's exchange, as in any job. */
    private static KeyedStream<Fact, String> byUser(KeyedStream<Fact, String> facts) {
        return facts.map(fact -> fact).returns(TypeInformation.of(Fact.class)).keyBy(Fact::user);
    }

    static Track.Contender thin(String documents, List<Fact> facts) {
        long until = last(facts);
        return keyed -> byUser(keyed).process(new HostedSegments(documents, until));
    }

    private static long last(List<Fact> facts) {
        return facts.stream().mapToLong(Fact::millis).max().orElse(0);
    }

    private static double wall(Map<String, Contest.Result> all, String name) {
        return Objects.requireNonNull(all.get(name), name).wallMicros();
    }

    private static double cpu(Map<String, Contest.Result> all, String name) {
        return Objects.requireNonNull(all.get(name), name).cpuMicros();
    }

    private static void print(String title, Map<String, Contest.Result> results, List<Contest.Column> columns) {
        System.out.printf("%n%s%n%n| what | facts | changes a fact | a second | µs a fact | CPU µs a fact |", title);
        columns.forEach(column -> System.out.printf(" %s |", column.title()));
        System.out.println();
        System.out.println("|---|---|---|---|---|---|" + "---|".repeat(columns.size()));
        for (Contest.Result result : results.values()) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %.2f | %,.0f | %.2f | %.2f |",
                    result.name(),
                    result.facts(),
                    result.matches().count() / (double) result.facts(),
                    1e6 / result.wallMicros(),
                    result.wallMicros(),
                    result.cpuMicros());
            columns.forEach(column ->
                    System.out.printf(Locale.ROOT, " %.2f |", column.ratio().of(result, results)));
            System.out.println();
        }
    }

    private static void print(String title, Weight weight) {
        System.out.printf(
                Locale.ROOT,
                "%n%s: of each of %,d users %,.0f bytes written, %,.0f on the heap%n",
                title,
                weight.users(),
                weight.written(),
                weight.onHeap());
    }
}
