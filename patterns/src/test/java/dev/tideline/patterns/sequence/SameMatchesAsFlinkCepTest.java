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
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sequences over random facts of three users: ours, all sequences at once on one buffer with state written and read
 * back all the time, against one stock operator per sequence.
 */
class SameMatchesAsFlinkCepTest {
    private static final boolean EXHAUSTIVE = Boolean.getBoolean("tideline.exhaustive");
    private static final int SEQUENCES = 30;
    private static final int FACTS = 500;
    private static final List<String> KINDS = List.of("session", "text", "page_view", "mood_day");

    private static final List<Question> QUESTIONS = List.of(Question.values());

    static LongStream seeds() {
        return LongStream.rangeClosed(1, EXHAUSTIVE ? 200 : 3);
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

    @ParameterizedTest
    @MethodSource("seeds")
    void findsWhatStockFlinkCepFinds(long seed) throws Exception {
        Random random = new Random(seed);
        List<Both> sequences = new ArrayList<>();
        while (sequences.size() < SEQUENCES) {
            Both both = sequence(random, "pattern/p" + sequences.size());
            if (both != null) {
                sequences.add(both);
            }
        }
        List<Fact> facts = facts(random);

        Map<String, List<String>> ours = ours(sequences, facts, random);

        int found = 0;
        for (Both both : sequences) {
            List<Fact> shown = facts.stream()
                    .filter(fact -> both.watched().sequence().kinds().contains(fact.kind()))
                    .toList();
            List<String> stock = StockFlinkCep.matches(both.plan(), both.within(), shown, !both.endsInAbsence());
            assertThat(ours.getOrDefault(both.watched().key(), List.of()))
                    .as("seed %d, %s within %s", seed, both.plan(), both.within())
                    .containsExactlyInAnyOrderElementsOf(stock);
            found += stock.size();
        }
        assertThat(found).as("a comparison of nothing shows nothing").isGreaterThan(1000);
    }

    private static Map<String, List<String>> ours(List<Both> sequences, List<Fact> facts, Random random)
            throws IOException {
        SequenceMatcher matcher = new SequenceMatcher(1_000_000);
        matcher.watch(sequences.stream().map(Both::watched).toList());
        Map<String, Both> byKey = new HashMap<>();
        sequences.forEach(both -> byKey.put(both.watched().key(), both));
        Map<String, SequenceState> states = new HashMap<>();
        Map<String, List<String>> lines = new HashMap<>();
        TypeSerializer<SequenceState> serializer = SequenceState.serializer();
        for (Fact fact : facts) {
            SequenceState state = states.getOrDefault(fact.user(), new SequenceState());
            if (random.nextInt(4) == 0) {
                state = writtenAndRead(serializer, state);
            } else if (random.nextInt(4) == 0) {
                state = serializer.copy(state);
            }
            tell(matcher.accept(state, fact, UserProfile.UNKNOWN), byKey, lines);
            states.put(fact.user(), state);
        }
        states.values().forEach(state -> {
            tell(matcher.advance(state, Long.MAX_VALUE), byKey, lines);
            assertThat(state.isEmpty()).isTrue();
            assertThat(state.events).isEmpty();
            assertThat(state.entries).isEmpty();
            assertThat(matcher.nextDue(state)).isEmpty();
        });
        return lines;
    }

    private static void tell(Outcome outcome, Map<String, Both> byKey, Map<String, List<String>> lines) {
        assertThat(outcome.losses()).isEmpty();
        for (Match match : outcome.matches()) {
            Both both = java.util.Objects.requireNonNull(byKey.get(match.key()));
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

    private static SequenceState writtenAndRead(TypeSerializer<SequenceState> serializer, SequenceState state)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        serializer.serialize(state, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
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

    /** Null where Flink CEP has no such pattern. */
    private static @Nullable Both sequence(Random random, String key) {
        List<Plan> plan = new ArrayList<>();
        int steps = 1 + random.nextInt(4);
        for (int i = 0; i < steps; i++) {
            plan.add(step(random, i));
        }
        long within = random.nextInt(20, 220);
        Sequence sequence = new Sequence(
                plan.stream().map(SameMatchesAsFlinkCepTest::ourStep).toList(), within);
        try {
            SequenceCompiler.check(sequence);
        } catch (IllegalArgumentException refused) {
            return null;
        }
        return new Both(plan, new WatchedSequence(key, 1, sequence, Long.MIN_VALUE));
    }

    private static Plan step(Random random, int position) {
        String contiguity = position == 0
                ? "followed_by"
                : List.of("followed_by", "next", "followed_by_any", "not_next", "not_followed_by")
                        .get(random.nextInt(5));
        boolean negative = contiguity.startsWith("not");
        boolean repeated = !negative && random.nextInt(2) == 0;
        int from = repeated ? 1 + random.nextInt(2) : 1;
        Integer to = !repeated ? Integer.valueOf(1) : random.nextBoolean() ? null : Integer.valueOf(from + 1);
        return new Plan(
                "s" + position,
                contiguity,
                KINDS.get(random.nextInt(KINDS.size())),
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
            case LOW -> Sample.where("low", scope -> Sample.mood(scope.fact()) < 0.3);
            case FALLING -> Sample.where("falling", scope -> below(scope, scope.previous()));
            case BELOW_FIRST -> Sample.where("below first", scope -> below(scope, scope.step("s0")));
        };
    }

    private static boolean below(Scope scope, @Nullable Fact other) {
        return other == null || Sample.mood(scope.fact()) < Sample.mood(other);
    }
}
