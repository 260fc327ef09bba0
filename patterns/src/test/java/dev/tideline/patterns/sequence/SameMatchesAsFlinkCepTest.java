package dev.tideline.patterns.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.Scope;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.rule.Sequence.Contiguity;
import dev.tideline.patterns.rule.Sequence.Step;
import dev.tideline.patterns.sequence.StockFlinkCep.Plan;
import dev.tideline.patterns.sequence.StockFlinkCep.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sequences of every shape over random facts of three users: ours, all sequences at once, by small automata and by
 * Flink CEP's NFA, in memory and with state written and read back after every fact, against one stock operator per sequence.
 * The same matches in the same order; but how stock Flink CEP orders absences that end together depends on how watermarks
 * come, so there ours are held against each other.
 */
class SameMatchesAsFlinkCepTest {
    private static final boolean EXHAUSTIVE = Boolean.getBoolean("tideline.exhaustive");
    private static final int SEQUENCES_OF_EACH_SHAPE = 5;
    private static final int FACTS = EXHAUSTIVE ? 10_000 : 800;
    private static final int PLENTY = 1_000_000;
    private static final List<String> KINDS = List.of("session", "text", "page_view", "mood_day");

    private static final List<Question> QUESTIONS = List.of(Question.values());

    static LongStream seeds() {
        return LongStream.rangeClosed(1, EXHAUSTIVE ? 12 : 4);
    }

    /** A sequence in both tongues. */
    private record Both(List<Plan> plan, WatchedSequence watched) {
        Duration within() {
            return Duration.ofMillis(watched.sequence().withinMillis());
        }

        boolean endsInAbsence() {
            return plan.get(plan.size() - 1).contiguity().equals("not_followed_by");
        }
    }

    /** What happens to a user's state between two facts. */
    private interface Keeping {
        SequenceState next(SequenceState state);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsWhatStockFlinkCepFinds(long seed) throws Exception {
        Random random = new Random(seed);
        List<Both> sequences = sequences(random);
        List<Fact> facts = facts(random);
        TypeSerializer<SequenceState> serializer = SequenceState.serializer();
        SequenceMatcher small = new SequenceMatcher(PLENTY);
        SequenceMatcher large = new SequenceMatcher(PLENTY, SequenceCompiler::large);
        Map<String, List<String>> onHeap =
                ours(small, sequences, facts, state -> random.nextInt(4) == 0 ? serializer.copy(state) : state);
        Map<String, List<String>> written = ours(small, sequences, facts, state -> Sample.read(Sample.written(state)));
        Map<String, List<String>> byNfa = ours(
                large, sequences, facts, state -> random.nextInt(4) == 0 ? Sample.read(Sample.written(state)) : state);

        Map<Evaluation, Integer> found = new EnumMap<>(Evaluation.class);
        for (Both both : sequences) {
            List<Fact> shown = facts.stream()
                    .filter(fact -> both.watched().sequence().kinds().contains(fact.kind()))
                    .toList();
            List<String> stock =
                    userByUser(StockFlinkCep.matches(both.plan(), both.within(), shown, !both.endsInAbsence()));
            Evaluation evaluation = SequenceCompiler.evaluation(both.watched().sequence());
            String what = "seed " + seed + ", " + evaluation + " " + both.plan() + " within " + both.within();
            String key = both.watched().key();
            List<String> inMemory = userByUser(onHeap.get(key));
            assertThat(both.endsInAbsence() ? sorted(inMemory) : inMemory)
                    .as("in memory, " + what)
                    .isEqualTo(both.endsInAbsence() ? sorted(stock) : stock);
            assertThat(userByUser(written.get(key))).as("written, " + what).isEqualTo(inMemory);
            assertThat(userByUser(byNfa.get(key)))
                    .as("by Flink CEP's NFA, " + what)
                    .isEqualTo(inMemory);
            found.merge(evaluation, stock.size(), Integer::sum);
        }
        assertThat(found).as("a comparison of nothing shows nothing").hasSize(Evaluation.values().length);
        assertThat(found.values()).allMatch(matches -> matches > 5);
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }

    /** Users are independent: the order among them says nothing. */
    private static List<String> userByUser(@Nullable List<String> lines) {
        List<String> sorted = new ArrayList<>(lines == null ? List.of() : lines);
        sorted.sort(Comparator.comparing(line -> line.substring(0, line.indexOf(' '))));
        return sorted;
    }

    private static Map<String, List<String>> ours(
            SequenceMatcher matcher, List<Both> sequences, List<Fact> facts, Keeping keeping) {
        matcher.watch(sequences.stream().map(Both::watched).toList());
        Map<String, Both> byKey = new HashMap<>();
        sequences.forEach(both -> byKey.put(both.watched().key(), both));
        Map<String, SequenceState> states = new HashMap<>();
        Map<String, List<String>> lines = new HashMap<>();
        for (Fact fact : facts) {
            SequenceState state = keeping.next(states.getOrDefault(fact.user(), new SequenceState()));
            tell(matcher.accept(state, fact, UserProfile.UNKNOWN), byKey, lines);
            states.put(fact.user(), state);
        }
        states.values().forEach(state -> {
            SequenceState last = keeping.next(state);
            tell(matcher.advance(last, Long.MAX_VALUE), byKey, lines);
            assertThat(last.isEmpty()).isTrue();
            assertThat(matcher.nextDue(last)).isEmpty();
        });
        return lines;
    }

    private static void tell(Outcome outcome, Map<String, Both> byKey, Map<String, List<String>> lines) {
        assertThat(outcome.losses()).isEmpty();
        for (Match match : outcome.matches()) {
            Both both = Objects.requireNonNull(byKey.get(match.key()));
            if (both.endsInAbsence()) {
                assertThat(match.at().toEpochMilli())
                        .isEqualTo(match.first().millis()
                                + both.watched().sequence().withinMillis());
            }
            Long stamp = both.endsInAbsence() ? null : match.at().toEpochMilli();
            lines.computeIfAbsent(match.key(), any -> new ArrayList<>())
                    .add(StockFlinkCep.line(match.first().user(), stamp, match.steps()));
        }
    }

    private static List<Fact> facts(Random random) {
        List<Fact> facts = new ArrayList<>();
        long millis = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
        for (int i = 0; i < FACTS; i++) {
            millis += random.nextInt(3) == 0 ? 0 : random.nextInt(20);
            String user = "user-" + random.nextInt(3);
            String kind = KINDS.get(random.nextInt(KINDS.size()));
            facts.add(Sample.fact(
                    user, Integer.toString(i), kind, Instant.ofEpochMilli(millis), random.nextInt(10) / 10.0));
        }
        return facts;
    }

    /** As many of each shape. */
    private static List<Both> sequences(Random random) {
        Map<Evaluation, Integer> missing = new EnumMap<>(Evaluation.class);
        for (Evaluation evaluation : Evaluation.values()) {
            missing.put(evaluation, SEQUENCES_OF_EACH_SHAPE);
        }
        List<Both> sequences = new ArrayList<>();
        while (missing.values().stream().anyMatch(left -> left > 0)) {
            Both both = sequence(random, "pattern/p" + sequences.size());
            if (both != null) {
                Evaluation evaluation =
                        SequenceCompiler.evaluation(both.watched().sequence());
                int left = Objects.requireNonNull(missing.get(evaluation));
                if (left > 0) {
                    missing.put(evaluation, left - 1);
                    sequences.add(both);
                }
            }
        }
        return sequences;
    }

    /** Null where Flink CEP has no such pattern. */
    private static @Nullable Both sequence(Random random, String key) {
        boolean fixed = random.nextInt(5) > 0;
        boolean alike = random.nextBoolean();
        List<Plan> plan = new ArrayList<>();
        int steps = 1 + random.nextInt(4);
        for (int i = 0; i < steps; i++) {
            String kind = i > 0 && (alike || random.nextInt(2) == 0)
                    ? plan.get(0).on()
                    : KINDS.get(random.nextInt(KINDS.size()));
            plan.add(fixed ? fixedStep(random, i, kind) : anyStep(random, i, kind));
        }
        long within = fixed ? random.nextInt(100, 700) : random.nextInt(20, 220);
        Sequence sequence = new Sequence(
                plan.stream().map(SameMatchesAsFlinkCepTest::ourStep).toList(), within);
        try {
            SequenceCompiler.check(sequence);
        } catch (IllegalArgumentException refused) {
            return null;
        }
        return new Both(plan, new WatchedSequence(key, 1, sequence, Long.MIN_VALUE));
    }

    private static String contiguity(Random random, int position) {
        return position == 0
                ? "followed_by"
                : List.of("followed_by", "next", "followed_by_any", "not_next", "not_followed_by")
                        .get(random.nextInt(5));
    }

    /** A step that takes a fixed number of facts. */
    private static Plan fixedStep(Random random, int position, String kind) {
        String contiguity = contiguity(random, position);
        boolean repeated = !contiguity.startsWith("not") && random.nextInt(3) == 0;
        int times = repeated ? 2 + random.nextInt(3) : 1;
        return new Plan(
                "s" + position,
                contiguity,
                kind,
                QUESTIONS.get(random.nextInt(QUESTIONS.size())),
                times,
                times,
                false,
                false,
                repeated && random.nextInt(3) == 0,
                false);
    }

    private static Plan anyStep(Random random, int position, String kind) {
        String contiguity = contiguity(random, position);
        boolean negative = contiguity.startsWith("not");
        boolean repeated = !negative && random.nextInt(2) == 0;
        int from = repeated ? 1 + random.nextInt(2) : 1;
        Integer to = !repeated ? Integer.valueOf(1) : random.nextBoolean() ? null : Integer.valueOf(from + 1);
        return new Plan(
                "s" + position,
                contiguity,
                kind,
                QUESTIONS.get(random.nextInt(QUESTIONS.size())),
                from,
                to,
                !negative && random.nextInt(4) == 0,
                repeated && random.nextInt(3) == 0,
                repeated && random.nextInt(3) == 0,
                to == null && random.nextInt(3) == 0);
    }

    private static Step ourStep(Plan plan) {
        return new Step(
                plan.name(),
                Contiguity.valueOf(plan.contiguity().toUpperCase(Locale.ROOT)),
                plan.on(),
                predicate(plan.question()),
                plan.from(),
                plan.to(),
                plan.optional(),
                plan.greedy(),
                plan.consecutive(),
                plan.untilLow() ? predicate(Question.LOW) : null);
    }

    private static @Nullable Predicate predicate(Question question) {
        return switch (question) {
            case ANYTHING -> null;
            case LOW -> Sample.about("low", scope -> Sample.mood(scope.fact()) < 0.3);
            case FALLING -> Sample.where("falling", scope -> below(scope, scope.previous()));
            case BELOW_FIRST -> Sample.where("below first", scope -> below(scope, scope.step("s0")));
        };
    }

    private static boolean below(Scope scope, @Nullable Fact other) {
        return other == null || Sample.mood(scope.fact()) < Sample.mood(other);
    }
}
