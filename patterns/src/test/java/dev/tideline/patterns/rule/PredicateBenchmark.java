package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.rule.Facts.InSequence;
import dev.tideline.patterns.rule.json.JsonValues;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a condition costs: planned, run by CEL's runtime, and written by hand in Java. Every evaluation is of another of a few
 * facts, so that nothing can be taken for constant; all kinds of conditions are run before the measurement, as they are where
 * many rules share the code. Run by hand: see the benchmarks' own page.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway") // The hand-written conditions know what their facts have.
public class PredicateBenchmark {
    private static final int FEW_FACTS = 8;
    private static final Visible VISIBLE = Visible.afterSteps(Set.of());

    /** The conditions that are measured. */
    public enum Condition {
        TWO_FIELDS("mood.ewma < mood.lower_limit && mood.drop >= 0.1") {
            @Override
            boolean byHand(dev.tideline.patterns.rule.Scope scope) {
                MoodFact mood = scope.fact().mood();
                return mood != null
                        && mood.ewma() != null
                        && mood.lowerLimit() != null
                        && mood.drop() != null
                        && mood.ewma() < mood.lowerLimit()
                        && mood.drop() >= 0.1;
            }
        },
        THE_FACT_BEFORE("mood.level < prev.mood.level && prev.session.mood_mean < 0.4") {
            @Override
            boolean byHand(dev.tideline.patterns.rule.Scope scope) {
                Fact before = scope.previous();
                return before != null
                        && before.mood().level() != null
                        && scope.fact().mood().level() < before.mood().level()
                        && before.session() != null
                        && before.session().moodMean() != null
                        && before.session().moodMean() < 0.4;
            }
        },
        CONTEXT("context.pages > 3 && context.path == \"/pricing\"") {
            @Override
            boolean byHand(dev.tideline.patterns.rule.Scope scope) {
                Map<String, Object> context =
                        JsonValues.object(scope.fact().context()).map();
                return context.get("pages") instanceof Long pages
                        && pages > 3
                        && "/pricing".equals(context.get("path"));
            }
        },
        /** More facts than are remembered: each is read anew. */
        CONTEXT_READ_ANEW("context.pages > 3 && context.path == \"/pricing\"") {
            @Override
            int facts() {
                return 64;
            }

            @Override
            boolean byHand(dev.tideline.patterns.rule.Scope scope) {
                return CONTEXT.byHand(scope);
            }
        },
        STRINGS("event_type.startsWith(\"page\") && context.path.contains(\"pric\") && size(context.title) > 10") {
            @Override
            boolean byHand(dev.tideline.patterns.rule.Scope scope) {
                Map<String, Object> context =
                        JsonValues.object(scope.fact().context()).map();
                return scope.fact().kind().startsWith("page")
                        && context.get("path") instanceof String path
                        && path.contains("pric")
                        && context.get("title") instanceof String title
                        && title.codePointCount(0, title.length()) > 10;
            }
        },
        MISSING("mood.slope_14d < 0.0 && session.events > 3") {
            @Override
            boolean byHand(dev.tideline.patterns.rule.Scope scope) {
                Fact fact = scope.fact();
                return fact.mood() != null
                        && fact.mood().slope14d() != null
                        && fact.mood().slope14d() < 0
                        && fact.session() != null
                        && fact.session().events() > 3;
            }
        };

        private final String source;

        Condition(String source) {
            this.source = source;
        }

        int facts() {
            return FEW_FACTS;
        }

        abstract boolean byHand(dev.tideline.patterns.rule.Scope scope);
    }

    /** Who evaluates. */
    public enum By {
        PLAN,
        CEL,
        HAND
    }

    @Param
    public Condition condition;

    @Param
    public By by;

    private dev.tideline.patterns.rule.Scope[] scopes = new dev.tideline.patterns.rule.Scope[0];
    private Predicate predicate;
    private int next;
    private long held;

    @Setup
    public void prepare() {
        scopes = new dev.tideline.patterns.rule.Scope[condition.facts()];
        for (int i = 0; i < scopes.length; i++) {
            scopes[i] = new InSequence(fact(i), fact(i + 1), Map.of());
        }
        predicate = predicate(condition);
        for (Condition other : Condition.values()) {
            Predicate shared = predicate(other);
            for (int i = 0; i < 10_000; i++) {
                shared.test(scopes[i % scopes.length]);
            }
        }
    }

    private Predicate predicate(Condition of) {
        return switch (by) {
            case PLAN -> ((Expressions.Outcome.Compiled) Expressions.compile(of.source, VISIBLE)).predicate();
            case CEL -> Expressions.interpreted(of.source, VISIBLE, Expressions.tree(of.source, VISIBLE));
            case HAND -> new ByHand(of);
        };
    }

    private record ByHand(Condition condition) implements Predicate {
        @Override
        public String source() {
            return condition.source;
        }

        @Override
        public boolean test(dev.tideline.patterns.rule.Scope scope) {
            return condition.byHand(scope);
        }
    }

    /** Both conditions hold or not, by turns. */
    private static Fact fact(int i) {
        double drop = i % 2 == 0 ? 0.2 : 0.05;
        MoodFact mood = new MoodFact(0.5 - i * 0.01, null, 1, 20, 0.6, 0.1, 0.3, 0.4, drop, 0.5, null, null, null);
        Fact session = Facts.session(Duration.ofMinutes(i), i, 0.3 + i * 0.02);
        String context = "{\"pages\":" + i
                + ",\"path\":\"/pricing\",\"title\":\"What it costs, and why\",\"referrer\":\"mail\"}";
        return new Fact(
                "page_view",
                "id",
                Facts.USER,
                Facts.NOON,
                context,
                null,
                session.session(),
                mood,
                null,
                null,
                null,
                false,
                Facts.NOON);
    }

    @Benchmark
    public boolean evaluate() {
        next = (next + 1) % scopes.length;
        return predicate.test(scopes[next]);
    }

    /** For a machine that is busy with other things: the processor time of the thread alone, best of a few rounds. */
    public static void main(String[] arguments) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (By by : By.values()) {
            for (Condition condition : Condition.values()) {
                PredicateBenchmark benchmark = new PredicateBenchmark();
                benchmark.by = by;
                benchmark.condition = condition;
                benchmark.prepare();
                System.out.printf("%s %s %.1f ns%n", by, condition, benchmark.processorNanos(threads));
            }
        }
    }

    private double processorNanos(ThreadMXBean threads) {
        int evaluations = by == By.CEL ? 50_000 : 5_000_000;
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < evaluations; i++) {
                held += evaluate() ? 1 : 0;
            }
            best = Math.min(best, (threads.getCurrentThreadCpuTime() - start) / (double) evaluations);
        }
        return best;
    }
}
