package dev.tideline.job.cep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.sequence.Evaluation;
import dev.tideline.patterns.sequence.SequenceCompiler;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random patterns of the whole grammar, fourteen at a time, over 10,000 facts out of order: rule documents with predicates in CEL in the person stage
 * and on the bare matcher, on the heap and on RocksDB, stopped, rescaled and failing on the way, against
 * {@code CEP.pattern(…)} operators with conditions in Java, which run through.
 */
final class SameMatchesITCase {
    private static final boolean EXHAUSTIVE = Boolean.getBoolean("tideline.exhaustive");

    @TempDir
    private static Path folder;

    private static Cluster cluster;
    private static int patternsWithMatches;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, EXHAUSTIVE ? 10 : 1);
    }

    @BeforeAll
    static void start() throws Exception {
        cluster = new Cluster(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        assertThat(patternsWithMatches)
                .as("a comparison of nothing shows nothing")
                .isGreaterThanOrEqualTo(EXHAUSTIVE ? 100 : 6);
    }

    @AfterEach
    void forget() {
        World.forget();
        Tap.forget();
        Notes.forget();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsWhatStockFlinkCepFinds(long seed) throws Exception {
        World world = World.of(seed);
        assertThat(world.sightings()).hasSizeGreaterThanOrEqualTo(World.FACTS);
        List<Plan> plans = new RandomPlans(seed).take();
        RandomPlans.GRAMMAR.forEach(
                (word, used) -> assertThat(plans).as("%s, seed %d", word, seed).anyMatch(used));

        for (Evaluation evaluation : Evaluation.values()) {
            assertThat(plans)
                    .as("evaluated as %s, seed %d", evaluation, seed)
                    .anyMatch(plan -> SequenceCompiler.evaluation(plan.sequence()) == evaluation);
        }

        List<String> stock = cluster.stock(seed, plans);
        patternsWithMatches += (int) stock.stream().map(Line::rule).distinct().count();
        for (String backend : List.of("hashmap", "rocksdb")) {
            List<String> ours = cluster.ours(seed, plans, backend);
            List<String> matches = all(ours, line -> !line.startsWith("signal "));
            List<String> signals = all(ours, line -> line.startsWith("signal ")).stream()
                    .map(line -> line.substring("signal ".length()))
                    .toList();
            same(seed, plans, "the matcher on " + backend, matches, stock);
            same(
                    seed,
                    plans,
                    "the person stage on " + backend,
                    List.copyOf(new TreeSet<>(signals)),
                    List.copyOf(new TreeSet<>(stock.stream().map(Line::signalOf).toList())));
        }
    }

    private static List<String> all(List<String> lines, Predicate<String> wanted) {
        return lines.stream().filter(wanted).toList();
    }

    /** Compares as multisets; of what differs the match within the fewest facts is shown, with all that was seen around it. */
    private static void same(long seed, List<Plan> plans, String what, List<String> found, List<String> expected) {
        Map<String, Integer> surplus = new HashMap<>();
        found.forEach(line -> surplus.merge(line, 1, Integer::sum));
        expected.forEach(line -> surplus.merge(line, -1, Integer::sum));
        surplus.values().removeIf(count -> count == 0);
        if (surplus.isEmpty()) {
            return;
        }
        String smallest = surplus.keySet().stream()
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
        throw new AssertionError("seed %d, %s: %d of %d lines differ; %d time(s) too often: %s%n%s%n%s"
                .formatted(
                        seed,
                        what,
                        surplus.size(),
                        expected.size(),
                        surplus.get(smallest),
                        smallest,
                        plan(plans, smallest).yaml(),
                        String.join("\n", around(seed, plans, smallest))));
    }

    private static Plan plan(List<Plan> plans, String line) {
        return plans.stream()
                .filter(plan -> plan.id().equals(Line.rule(line)))
                .findFirst()
                .orElseThrow();
    }

    /** What the rule saw of the user from one window before the match to its time. */
    private static List<String> around(long seed, List<Plan> plans, String line) {
        Plan plan = plan(plans, line);
        long at = Line.atMillis(line);
        List<String> around = new ArrayList<>(List.of("up to " + Instant.ofEpochMilli(at) + ":"));
        for (Sighting sighting : World.of(seed).sightings()) {
            if (sighting.user().equals(Line.user(line))
                    && plan.kinds().contains(sighting.kind())
                    && sighting.millis() <= at
                    && sighting.millis() >= at - 2 * plan.withinMillis()) {
                around.add(sighting.toString());
            }
        }
        return around;
    }
}
