package dev.tideline.job.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.segment.HistoryNeeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Segments whose history is read after they came say what they would have said had it been counted from the beginning. */
class CatchUpTest {
    private static final int LIVES = Boolean.getBoolean("tideline.exhaustive") ? 600 : 40;
    private static final Instant END = Life.BEGIN.plusSeconds(60 * 1000);

    static LongStream lives() {
        return LongStream.range(0, LIVES);
    }

    @ParameterizedTest(name = "life {0}")
    @MethodSource("lives")
    void tellsWhatWouldHaveBeenToldHadItBeenCountedFromTheBeginning(long seed) throws Exception {
        Life life = new Life(seed, seed % 3 == 0);

        assertThat(bySegment(waiting(life, seed))).isEqualTo(bySegment(always(life)));
    }

    @Test
    void theLivesAreLivelyEnoughToProveSomething() throws Exception {
        int afterwards = 0;
        for (long seed = 0; seed < LIVES; seed++) {
            Instant latest = Instant.MIN;
            for (SegmentChange change : waiting(new Life(seed, false), seed)) {
                afterwards += change.at().isBefore(latest) ? 1 : 0;
                latest = change.at().isAfter(latest) ? change.at() : latest;
            }
        }

        assertThat(afterwards).as("changes told after later ones").isGreaterThan(LIVES / 2);
    }

    static List<SegmentChange> always(Life life) throws Exception {
        try (PersonStory story = PersonStory.ofKnownHistory()) {
            story.begin();
            story.rule(PersonStory.revisions(1, Life.base(), Long.MIN_VALUE).get(0));
            for (Life.Step step : life.steps) {
                if (step.rule() != null) {
                    story.rule(numbered(step.rule(), 0));
                }
            }
            for (Life.Step step : life.steps) {
                if (step.arrival() != null) {
                    story.comes(step.arrival());
                } else if (step.time() != null) {
                    story.timeIs(step.time());
                }
            }
            return story.timeIs(END).changes();
        }
    }

    private static RuleRevision numbered(RuleRevision rule, int more) {
        return new RuleRevision(
                rule.kind(), rule.number() + 1 + more, rule.key(), rule.json(), rule.effectiveMillis(), more > 0);
    }

    /** The gate and the reading of history, as they are to one task. */
    private static final class Passes {
        private final Map<String, SegmentRule> known = new TreeMap<>();
        private final Map<String, RuleRevision> waiting = new TreeMap<>();
        private long pass;

        RuleRevision judge(RuleRevision rule) {
            SegmentRule segment = (SegmentRule) CompiledRule.of(rule).rule();
            Set<String> ids = Set.copyOf(waiting.values().stream()
                    .map(revision -> revision.key().substring("segment/".length()))
                    .toList());
            List<SegmentRule> before = new ArrayList<>(known.values());
            before.removeIf(other -> ids.contains(other.id()));
            boolean awaits = HistoryNeeds.of(segment, before, ids).any();
            known.put(segment.id(), segment);
            RuleRevision judged = new RuleRevision(
                    rule.kind(), rule.number() + 1, rule.key(), rule.json(), rule.effectiveMillis(), awaits);
            if (awaits) {
                waiting.put(rule.key(), judged);
            }
            return judged;
        }

        boolean isReading() {
            return pass > 0;
        }

        boolean canBegin(Instant now) {
            return pass == 0
                    && !waiting.isEmpty()
                    && waiting.values().stream().allMatch(rule -> rule.effectiveMillis() <= now.toEpochMilli());
        }

        void read(PersonStory story, Life life, Instant now) throws Exception {
            pass = waiting.values().stream()
                    .mapToLong(RuleRevision::number)
                    .max()
                    .orElseThrow();
            story.comes(life.recall(pass, now).toArray(Arrival[]::new));
        }

        void fill(PersonStory story) throws Exception {
            story.rule(RuleRevision.filled(pass));
            waiting.values().removeIf(rule -> rule.number() <= pass);
            pass = 0;
        }
    }

    static List<SegmentChange> waiting(Life life, long seed) throws Exception {
        Random random = new Random(seed);
        Passes passes = new Passes();
        Instant now = Instant.MIN;
        PersonStory story = new PersonStory("");
        List<SegmentChange> changes = new ArrayList<>();
        try {
            story.begin(random.nextBoolean() ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend(), null);
            story.rule(PersonStory.revisions(1, Life.base(), Long.MIN_VALUE).get(0));
            passes.judge(PersonStory.revisions(0, Life.base(), Long.MIN_VALUE).get(0));
            passes.waiting.clear();
            for (Life.Step step : life.steps) {
                if (step.rule() != null) {
                    if (passes.waiting.containsKey(step.rule().key())) {
                        now = finish(passes, story, life, now);
                    }
                    story.rule(passes.judge(step.rule()));
                } else if (step.arrival() != null) {
                    story.comes(step.arrival());
                } else if (step.time() != null) {
                    now = step.time().isAfter(now) ? step.time() : now;
                    story.timeIs(step.time());
                }
                if (passes.isReading() && random.nextInt(8) == 0) {
                    passes.fill(story);
                } else if (passes.canBegin(now) && random.nextInt(8) == 0) {
                    passes.read(story, life, now);
                }
            }
            story.timeIs(END);
            finish(passes, story, life, END);
            story.comes(PersonStory.event(
                            "00000000-0000-4000-8000-0000000000ff", PersonStory.USER, "z", "01T23:00:00", null))
                    .timeIs(PersonStory.at("01T23:30:00"));
            changes.addAll(story.changes());
            return changes;
        } finally {
            story.close();
        }
    }

    private static Instant finish(Passes passes, PersonStory story, Life life, Instant now) throws Exception {
        if (passes.isReading()) {
            passes.fill(story);
        }
        if (passes.canBegin(now)) {
            passes.read(story, life, now);
            passes.fill(story);
        }
        return now;
    }

    /** By segment, in the order in which they were told. */
    static Map<String, List<SegmentChange>> bySegment(List<SegmentChange> changes) {
        Map<String, List<SegmentChange>> sorted = new TreeMap<>();
        changes.stream()
                .filter(change -> !change.at().isAfter(END))
                .forEach(change -> sorted.computeIfAbsent(change.segment(), any -> new ArrayList<>())
                        .add(change));
        return sorted;
    }
}
