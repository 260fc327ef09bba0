package dev.tideline.patterns.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.SegmentRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Segments whose history is read after they came, against an engine that knew them, and counted for them, from the beginning:
 * the same changes to the last field, in random worlds.
 */
class RetellingOracleTest {
    private static final int WORLDS = Boolean.getBoolean("tideline.exhaustive") ? 5000 : 200;

    static LongStream seeds() {
        return LongStream.range(0, WORLDS);
    }

    @ParameterizedTest(name = "world {0}")
    @MethodSource("seeds")
    void tellsTheSameChangesAsCountingFromTheBeginning(long seed) {
        SegmentWorld world = SegmentWorld.ofChains(seed);
        List<SegmentRule> rules = world.rules();
        List<Input.At> life = world.life(rules);

        SegmentChanges expected = always(rules, life);
        SegmentChanges told = waiting(rules, life, new Random(seed)).told;

        assertThat(bySegment(told)).isEqualTo(bySegment(expected));
    }

    @Test
    void theWorldsAreLivelyEnoughToProveSomething() {
        List<SegmentChange> all = new ArrayList<>();
        List<Long> delays = new ArrayList<>();
        seeds().forEach(seed -> {
            SegmentWorld world = SegmentWorld.ofChains(seed);
            List<SegmentRule> rules = world.rules();
            long latest = Long.MIN_VALUE;
            for (SegmentChange change :
                    waiting(rules, world.life(rules), new Random(seed)).told.live()) {
                long at = change.at().toEpochMilli();
                latest = Math.max(latest, at);
                if (at < latest) {
                    delays.add(latest - at);
                    all.add(change);
                }
            }
        });

        assertThat(delays.size()).as("changes told afterwards").isGreaterThan(WORLDS / 2);
        for (SegmentChange.Reason reason : List.of(
                SegmentChange.Reason.RULE,
                SegmentChange.Reason.EVENT,
                SegmentChange.Reason.EXPIRY,
                SegmentChange.Reason.PROFILE,
                SegmentChange.Reason.CONSENT)) {
            assertThat(all).extracting(SegmentChange::reason).contains(reason);
        }
    }

    /** By segment, in the order in which they were told. */
    static Map<String, List<SegmentChange>> bySegment(SegmentChanges changes) {
        Map<String, List<SegmentChange>> sorted = new TreeMap<>();
        changes.live()
                .forEach(change -> sorted.computeIfAbsent(change.segment(), any -> new ArrayList<>())
                        .add(change));
        changes.shadow()
                .forEach(change -> sorted.computeIfAbsent("~" + change.segment(), any -> new ArrayList<>())
                        .add(change));
        return sorted;
    }

    static SegmentChanges always(List<SegmentRule> rules, List<Input.At> life) {
        List<List<SegmentRule>> coming = new ArrayList<>();
        life.stream()
                .flatMap(at -> at.inputs().stream())
                .filter(Input.Ruled.class::isInstance)
                .forEach(input -> coming.add(((Input.Ruled) input).rules()));
        SegmentEngine engine = new SegmentEngine(rules, all(coming));
        Matches matches = new Matches();
        matches.watch(engine.sequences());
        SegmentState state = new SegmentState("u");
        SegmentChanges told = SegmentChanges.NONE;
        UserProfile profile = UserProfile.UNKNOWN;
        for (Input.At at : life) {
            long now = at.millis();
            told = told.then(comeTo(engine, matches, state, now - 1));
            Input first = at.inputs().isEmpty() ? null : at.inputs().get(0);
            SegmentInstant instant;
            if (first instanceof Input.Ruled ruled) {
                told = told.then(engine.advance(state, now - 1));
                coming.remove(0);
                SegmentEngine next = new SegmentEngine(ruled.rules(), all(coming));
                instant = next.adopt(state, profile, now, engine);
                engine = next;
            } else {
                instant = engine.open(state, now);
            }
            if (matches.nextDue() <= now) {
                matches.advance(now).forEach(found -> instant.takeMatch(found.sequence(), found.first(), null));
            }
            boolean closes = false;
            for (Input input : at.inputs()) {
                if (input instanceof Input.Took took) {
                    if (took.fact().millis() == now) {
                        matches.accept(took.fact(), profile)
                                .forEach(found -> instant.takeMatch(
                                        found.sequence(),
                                        found.first(),
                                        took.fact().eventId()));
                    }
                    instant.take(took.fact(), profile);
                } else if (input instanceof Input.Profiled profiled) {
                    profile = profiled.profile();
                    instant.takeProfile(profile);
                } else if (input instanceof Input.Risked risked) {
                    instant.takeRisk(risked.level());
                } else if (input instanceof Input.Closed) {
                    closes = true;
                }
            }
            told = told.then(instant.settle());
            if (closes) {
                told = told.then(engine.close(state, now, SegmentChange.Reason.CONSENT));
            }
        }
        return told.then(comeTo(engine, matches, state, END)).then(engine.advance(state, END));
    }

    private static final long END = SegmentWorld.LENGTH + SegmentWorld.LONGEST_WINDOW;

    private static SegmentChanges comeTo(SegmentEngine engine, Matches matches, SegmentState state, long through) {
        SegmentChanges told = SegmentChanges.NONE;
        for (long due = matches.nextDue(); due <= through; due = matches.nextDue()) {
            SegmentInstant instant = engine.open(state, due);
            matches.advance(due).forEach(found -> instant.takeMatch(found.sequence(), found.first(), null));
            told = told.then(instant.settle());
        }
        return told;
    }

    private static List<SegmentRule> all(List<List<SegmentRule>> coming) {
        return coming.stream().flatMap(List::stream).toList();
    }

    static Waiting waiting(List<SegmentRule> rules, List<Input.At> life, Random random) {
        Waiting user = new Waiting(rules);
        Set<Long> pass = new HashSet<>();
        for (Input.At at : life) {
            if (at.inputs().stream()
                    .anyMatch(
                            input -> input instanceof Input.Ruled ruled && user.wouldReplaceWhatWaits(ruled.rules()))) {
                finish(user, pass);
            }
            user.comeTo(at.millis());
            boolean rules0 = !at.inputs().isEmpty() && at.inputs().get(0) instanceof Input.Ruled;
            if (!rules0) {
                user.matchesOfTime();
            }
            at.inputs().forEach(user::show);
            user.settle();
            if (!pass.isEmpty() && random.nextInt(6) == 0) {
                user.fill(pass);
                pass = new HashSet<>();
            } else if (pass.isEmpty() && user.waits() && random.nextInt(6) == 0) {
                pass = user.recall();
            }
        }
        finish(user, pass);
        user.end(END);
        return user;
    }

    private static void finish(Waiting user, Set<Long> pass) {
        if (!pass.isEmpty()) {
            user.fill(Set.copyOf(pass));
            pass.clear();
        }
        if (user.waits()) {
            user.fill(user.recall());
        }
    }
}
