package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measures patterns in one function against stock CEP and against a function written by hand, on the heap and on RocksDB;
 * prints the tables of {@code benchmarks.md}. It fails if they do not all find the same matches.
 */
final class SequenceBenchmark {
    private static final String OURS = "ours";
    private static final String STOCK = "stock CEP";
    private static final String BY_HAND = "written by hand";
    private static final String STAGE = "the job's whole person stage";
    private static final String ORDER = "order alone";
    private static final String TEN = "10 patterns, 5 concern each fact";
    private static final String HUNDRED = "100 patterns, 5 concern each fact";
    private static final String TEN_OF_HUNDRED = "10 of the 100, the same facts: half a pattern concerns each";
    private static final List<String> BACKENDS = List.of("hashmap", "rocksdb");

    private final int heapFacts;
    private final int rocksFacts;
    private final int stockRocksFacts;
    private final int rounds;

    private SequenceBenchmark(int heapFacts, int rocksFacts, int stockRocksFacts, int rounds) {
        this.heapFacts = heapFacts;
        this.rocksFacts = rocksFacts;
        this.stockRocksFacts = stockRocksFacts;
        this.rounds = rounds;
    }

    /**
     * Arguments: which tables ({@code falling,ten,hundred}), how many facts on the heap (400,000), on RocksDB (100,000), for
     * stock CEP on RocksDB (5,000), how many rounds (5).
     */
    public static void main(String[] arguments) throws Exception {
        Set<String> tables = Set.of((arguments.length > 0 ? arguments[0] : "falling,ten,hundred").split(","));
        SequenceBenchmark benchmark = new SequenceBenchmark(
                number(arguments, 1, 400_000),
                number(arguments, 2, 100_000),
                number(arguments, 3, 5_000),
                number(arguments, 4, 5));
        for (String backend : BACKENDS) {
            if (tables.contains("falling")) {
                benchmark.falling(backend);
            }
            if (tables.contains("ten")) {
                benchmark.ten(backend);
            }
            if (tables.contains("hundred")) {
                benchmark.hundred(backend);
            }
        }
        System.exit(0);
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private void falling(String backend) throws Exception {
        List<Fact> facts = FactTraffic.moods(facts(backend));
        Map<String, Contest.Result> results = contest(backend)
                .enter(OURS, facts, ours(TenPatterns.FALLING))
                .enter(BY_HAND, facts, keyed -> keyed.process(new FallingMoodsByHand()))
                .enter(STOCK, forStock(backend, facts), new StockCep(List.of(StockPatterns.falling())))
                .enterUnjudged(STAGE, facts, PersonStage.of(TenPatterns.FALLING))
                .enterUnjudged(ORDER, facts, keyed -> keyed.process(new OrderAlone()))
                .run();
        print("three falling moods, " + backend, results, speed(STOCK, BY_HAND));
    }

    private void ten(String backend) throws Exception {
        List<Fact> facts = FactTraffic.sessions(facts(backend));
        Map<String, Contest.Result> results = contest(backend)
                .enter(OURS, facts, ours(TenPatterns.ALL))
                .enter(STOCK, forStock(backend, facts), new StockCep(StockPatterns.all()))
                .enterUnjudged(STAGE, facts, PersonStage.of(TenPatterns.ALL))
                .enterUnjudged(ORDER, facts, keyed -> keyed.process(new OrderAlone()))
                .run();
        print("ten patterns, " + backend, results, speed(STOCK));
    }

    private void hundred(String backend) throws Exception {
        List<Fact> facts = FactTraffic.groups(10, facts(backend));
        Map<String, Contest.Result> results = contest(backend)
                .enterUnjudged(TEN, FactTraffic.groups(1, facts(backend)), ours(HundredPatterns.documents(1)))
                .enterUnjudged(HUNDRED, facts, ours(HundredPatterns.documents(10)))
                .enterUnjudged(TEN_OF_HUNDRED, facts, ours(HundredPatterns.documents(1)))
                .enterUnjudged(ORDER, facts, keyed -> keyed.process(new OrderAlone()))
                .run();
        print("a hundred patterns, " + backend, results, cost(TEN, TEN_OF_HUNDRED));
    }

    /** How many times as fast as those, by the clock and by the CPU. */
    private static List<Contest.Column> speed(String... others) {
        return Stream.of(others)
                .flatMap(other -> Stream.of(
                        new Contest.Column("× " + other, (own, all) -> wall(all, other) / own.wallMicros()),
                        new Contest.Column("by CPU", (own, all) -> cpu(all, other) / own.cpuMicros())))
                .toList();
    }

    /** How many times as dear as those, by the clock, by the CPU, and by the CPU without what order costs anyway. */
    private static List<Contest.Column> cost(String... others) {
        return Stream.of(others)
                .flatMap(other -> Stream.of(
                        new Contest.Column("the cost of " + other, (own, all) -> own.wallMicros() / wall(all, other)),
                        new Contest.Column("by CPU", (own, all) -> own.cpuMicros() / cpu(all, other)),
                        new Contest.Column(
                                "by CPU, order not counted",
                                (own, all) ->
                                        (own.cpuMicros() - cpu(all, ORDER)) / (cpu(all, other) - cpu(all, ORDER)))))
                .toList();
    }

    private static double wall(Map<String, Contest.Result> all, String name) {
        return Objects.requireNonNull(all.get(name), name).wallMicros();
    }

    private static double cpu(Map<String, Contest.Result> all, String name) {
        return Objects.requireNonNull(all.get(name), name).cpuMicros();
    }

    private Contest contest(String backend) {
        return new Contest(backend, backend.equals("rocksdb") ? 1 : 2, rounds);
    }

    private static Track.Contender ours(String documents) {
        return keyed -> keyed.process(new HostedMatcher(documents));
    }

    private int facts(String backend) {
        return backend.equals("rocksdb") ? rocksFacts : heapFacts;
    }

    /** Stock CEP takes a millisecond a fact on RocksDB: it gets the first of the facts, while its state is small. */
    private List<Fact> forStock(String backend, List<Fact> facts) {
        return backend.equals("rocksdb") ? facts.subList(0, Math.min(stockRocksFacts, facts.size())) : facts;
    }

    private static void print(String title, Map<String, Contest.Result> results, List<Contest.Column> columns) {
        System.out.printf("%n%s%n%n| contender | facts | matches | a second | µs a fact | CPU µs a fact |", title);
        columns.forEach(column -> System.out.printf(" %s |", column.title()));
        System.out.println();
        System.out.println("|---|---|---|---|---|---|" + "---|".repeat(columns.size()));
        for (Contest.Result result : results.values()) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %,.0f | %.2f | %.2f |",
                    result.name(),
                    result.facts(),
                    result.matches().count(),
                    1e6 / result.wallMicros(),
                    result.wallMicros(),
                    result.cpuMicros());
            columns.forEach(column ->
                    System.out.printf(Locale.ROOT, " %.2f |", column.ratio().of(result, results)));
            System.out.println();
        }
    }
}
