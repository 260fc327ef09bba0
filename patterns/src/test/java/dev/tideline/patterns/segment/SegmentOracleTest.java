package dev.tideline.patterns.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.rule.SegmentRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine against the plain meaning, in random worlds. */
class SegmentOracleTest {
    private static final int WORLDS = Boolean.getBoolean("tideline.exhaustive") ? 2000 : 80;

    static LongStream seeds() {
        return LongStream.range(0, WORLDS);
    }

    @ParameterizedTest(name = "world {0}")
    @MethodSource("seeds")
    void tellsTheSameChangesAsCountingEverythingAgainEveryMillisecond(long seed) {
        SegmentWorld world = new SegmentWorld(seed);
        List<SegmentRule> rules = world.rules();
        List<Input.At> life = world.life(rules);

        NaiveSegments naive = naive(rules, life);
        SegmentChanges told = engine(rules, life, new Random(seed), true);

        assertThat(withoutIds(told.live())).containsExactlyElementsOf(naive.live);
        assertThat(withoutIds(told.shadow())).containsExactlyElementsOf(naive.shadow);
        assertThat(told.live()).extracting(SegmentChange::id).doesNotHaveDuplicates();
    }

    /** Where it is not known what held before, nobody can say whether it was a rule or time itself that ended it. */
    @ParameterizedTest(name = "world {0}")
    @MethodSource("seeds")
    void tellsTheSameWhereItIsNotKnownWhichRulesHeldBefore(long seed) {
        SegmentWorld world = new SegmentWorld(seed);
        List<SegmentRule> rules = world.rules();
        List<Input.At> life = world.life(rules);

        SegmentChanges told = engine(rules, life, new Random(seed), false);

        assertThat(byTimeOrRule(told.live())).containsExactlyElementsOf(byTimeOrRule(naive(rules, life).live));
    }

    private static List<String> byTimeOrRule(List<SegmentChange> changes) {
        return withoutIds(changes).stream()
                .map(change -> change.toString().replace("reason=RULE", "reason=EXPIRY"))
                .toList();
    }

    @Test
    void theWorldsAreLivelyEnoughToProveSomething() {
        List<SegmentChange> all = new ArrayList<>();
        seeds().forEach(seed -> {
            SegmentWorld world = new SegmentWorld(seed);
            List<SegmentRule> rules = world.rules();
            all.addAll(naive(rules, world.life(rules)).live);
        });

        assertThat(all.size()).isGreaterThan(8 * WORLDS);
        for (SegmentChange.Reason reason : SegmentChange.Reason.values()) {
            long told = all.stream().filter(change -> change.reason() == reason).count();
            assertThat(told)
                    .as(reason.name())
                    .isGreaterThanOrEqualTo(reason == SegmentChange.Reason.ERASURE ? 0 : WORLDS / 8);
        }
        assertThat(all.stream().filter(change -> change.expiresAt() != null).count())
                .isGreaterThan(WORLDS);
    }

    private static NaiveSegments naive(List<SegmentRule> rules, List<Input.At> life) {
        NaiveSegments naive = new NaiveSegments("u", rules, SegmentWorld.LONGEST_WINDOW + 1);
        int next = 0;
        for (long t = 0; t <= SegmentWorld.LENGTH + SegmentWorld.LONGEST_WINDOW; t++) {
            boolean bears = next < life.size() && life.get(next).millis() == t;
            naive.millisecond(t, bears ? life.get(next).inputs() : List.of());
            next += bears ? 1 : 0;
        }
        return naive;
    }

    /**
     * Besides the inputs, the state is written and read now and then, time advances by itself at odd moments, and of other
     * rules at times only what differs is asked.
     */
    private static SegmentChanges engine(List<SegmentRule> rules, List<Input.At> life, Random random, boolean known) {
        SegmentEngine engine = new SegmentEngine(rules);
        SegmentState state = new SegmentState("u");
        SegmentChanges told = SegmentChanges.NONE;
        for (Input.At at : life) {
            if (random.nextInt(3) == 0) {
                state = SegmentState.fromBytes("u", state.toBytes());
            }
            if (random.nextInt(3) == 0) {
                told = told.then(engine.advance(state, at.millis() - 1 - random.nextInt(3)));
            }
            Input first = at.inputs().isEmpty() ? null : at.inputs().get(0);
            if (first instanceof Input.Closed) {
                told = told.then(engine.close(state, at.millis(), SegmentChange.Reason.CONSENT));
            } else if (first instanceof Input.Ruled ruled) {
                told = told.then(engine.advance(state, at.millis() - 1));
                SegmentEngine before = engine;
                engine = new SegmentEngine(ruled.rules());
                told = told.then(take(adopt(engine, known ? before : null, state, ruled, at.millis()), at.inputs()));
            } else {
                told = told.then(take(engine.open(state, at.millis()), at.inputs()));
            }
        }
        return told.then(engine.advance(state, SegmentWorld.LENGTH + SegmentWorld.LONGEST_WINDOW));
    }

    private static SegmentInstant adopt(
            SegmentEngine engine, @Nullable SegmentEngine before, SegmentState state, Input.Ruled ruled, long at) {
        return before == null
                ? engine.adopt(state, ruled.profile(), at)
                : engine.adopt(state, ruled.profile(), at, before);
    }

    private static SegmentChanges take(SegmentInstant instant, List<Input> inputs) {
        for (Input input : inputs) {
            if (input instanceof Input.Took took) {
                instant.take(took.fact(), took.profile());
            } else if (input instanceof Input.Profiled profiled) {
                instant.takeProfile(profiled.profile());
            } else if (input instanceof Input.Risked risked) {
                instant.takeRisk(risked.level());
            } else if (input instanceof Input.Matched matched) {
                instant.takeMatch(matched.sequence(), matched.first(), matched.cause());
            }
        }
        return instant.settle();
    }

    private static List<SegmentChange> withoutIds(List<SegmentChange> changes) {
        return changes.stream()
                .map(change -> new SegmentChange(
                        "",
                        change.user(),
                        change.segment(),
                        change.version(),
                        change.entered(),
                        change.at(),
                        change.reason(),
                        change.cause(),
                        change.sequence(),
                        change.memberSince(),
                        change.expiresAt()))
                .toList();
    }
}
