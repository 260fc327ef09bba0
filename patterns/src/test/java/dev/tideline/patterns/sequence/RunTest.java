package dev.tideline.patterns.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose steps are written in CEL, by the automaton for runs and by Flink CEP's NFA, which goes back to the facts. */
class RunTest {
    private static final int FACTS = 3_000;
    private static final Random RANDOM = new Random(7);
    private static final List<Fact> MOODS = moods();

    @ParameterizedTest
    @ValueSource(
            strings = {
                // One number of the fact before, a fraction and a whole one.
                "on: mood|next mood.level < prev.mood.level|next mood.level < prev.mood.level",
                "on: mood|next mood.logs >= prev.mood.logs|next mood.logs >= prev.mood.logs|next mood.level < 0.9",
                "on: mood|next mood.level <= prev.mood.level + 0.1|next prev.mood.level > 0.2 && mood.logs > 1",
                "on: mood|next mood.level == prev.mood.level|next mood.level in [prev.mood.level]",
                "on: mood|next !(mood.logs < prev.mood.logs)|next mood.logs != prev.mood.logs",
                "on: mood|next prev.mood.level == prev.mood.level",
                // Different numbers, more than one, other things, the facts of steps.
                "on: mood|next mood.level < prev.mood.level|next mood.logs > prev.mood.logs",
                "on: mood|next mood.level < prev.mood.level && mood.logs > prev.mood.logs",
                "on: mood|next mood.level < prev.mood.level|next has(prev.mood.logs) && prev.mood.level < 0.8",
                "on: mood|next mood.level < s0.mood.level|next mood.level < s0.mood.level && mood.logs > s1.mood.logs",
                "on: mood|next mood.level < prev.mood.level|next prev.event_type == \"mood_day\"",
                // Facts of another kind come between.
                "on: mood|next on text prev.mood.level < 0.8|next mood.level < s0.mood.level",
                "on: mood|next mood.level < 0.9|next|next mood.level < prev.mood.level"
            })
    void findsWhatFlinkCepFinds(String story) {
        WatchedSequence watched = rule(story);
        assertThat(SequenceCompiler.compile(watched.sequence(), new UserBuffer()))
                .isInstanceOf(Run.class);

        List<String> byNfa = found(new SequenceMatcher(100, SequenceCompiler::large), watched, state -> state);

        assertThat(byNfa).as("a comparison of nothing shows nothing").hasSizeGreaterThan(10);
        assertThat(found(new SequenceMatcher(), watched, state -> state)).isEqualTo(byNfa);
        assertThat(found(new SequenceMatcher(), watched, state -> Sample.read(Sample.written(state))))
                .isEqualTo(byNfa);
        assertThat(found(
                        new SequenceMatcher(),
                        watched,
                        state -> SequenceState.serializer().copy(state)))
                .isEqualTo(byNfa);
    }

    @Test
    void asksAFactThatRepeatsItselfForTheOneBeforeOnlyWhereThereIsOne() {
        WatchedSequence watched = rule(
                "on: mood, times: 3, consecutive: true, where: \"!(mood.level < 0.1)\"|next mood.level < prev.mood.level");

        List<String> byNfa = found(new SequenceMatcher(100, SequenceCompiler::large), watched, state -> state);

        assertThat(byNfa).hasSizeGreaterThan(10);
        assertThat(found(new SequenceMatcher(), watched, state -> state)).isEqualTo(byNfa);
    }

    @Test
    void holdsNoFactThatNoPartialMatchTook() {
        SequenceMatcher matcher = new SequenceMatcher();
        matcher.watch(List.of(rule("on: mood|next mood.level < prev.mood.level|next mood.level < prev.mood.level")));
        SequenceState state = new SequenceState();

        matcher.accept(state, Sample.fact("high", "mood_day", "08:00", 0.9), UserProfile.UNKNOWN);
        matcher.accept(state, Sample.fact("lower", "mood_day", "09:00", 0.8), UserProfile.UNKNOWN);
        int two = Sample.written(state).length;
        matcher.accept(state, Sample.fact("higher", "mood_day", "10:00", 0.9), UserProfile.UNKNOWN);

        assertThat(state.partials()).isEqualTo(1);
        assertThat(Sample.written(state).length).isLessThan(two);
    }

    private static List<String> found(
            SequenceMatcher matcher, WatchedSequence watched, UnaryOperator<SequenceState> between) {
        matcher.watch(List.of(watched));
        SequenceState state = new SequenceState();
        List<String> lines = new ArrayList<>();
        for (Fact fact : MOODS) {
            Outcome outcome = matcher.accept(state, fact, UserProfile.UNKNOWN);
            assertThat(outcome.losses()).isEmpty();
            outcome.matches().forEach(match -> {
                StringBuilder line = new StringBuilder().append(match.at());
                match.steps()
                        .forEach((step, facts) -> facts.forEach(
                                one -> line.append(' ').append(step).append('=').append(one.id())));
                lines.add(line.toString());
            });
            state = between.apply(state);
        }
        return lines;
    }

    /** Steps s0, s1, … on moods, unless they say otherwise. */
    private static WatchedSequence rule(String story) {
        StringBuilder yaml = new StringBuilder("""
                kind: pattern
                id: run
                version: 1
                name: A run
                family: mood
                level: AMBER
                within: 6h
                sequence:
                """);
        String[] steps = story.replace("on: mood", "on: mood_day").split("\\|");
        yaml.append("  - { step: s0, ").append(steps[0]).append(" }\n");
        for (int i = 1; i < steps.length; i++) {
            String where = steps[i].substring("next".length()).strip();
            boolean text = where.startsWith("on text ");
            where = text ? where.substring("on text ".length()) : where;
            yaml.append("  - step: s").append(i).append("\n    contiguity: next\n    on: ");
            yaml.append(text ? "text" : "mood_day").append('\n');
            if (!where.isEmpty()) {
                yaml.append("    where: '").append(where).append("'\n");
            }
        }
        Reading reading = RuleReader.read("run", yaml.toString());
        assertThat(reading.problems()).isEmpty();
        return WatchedSequence.of((PatternRule) reading.rules().get(0));
    }

    /** Moods, some without a level, one without a number, some no moods at all; at times hours apart. */
    private static List<Fact> moods() {
        List<Fact> facts = new ArrayList<>();
        Instant at = Instant.parse("2026-03-02T00:00:00Z");
        for (int i = 0; i < FACTS; i++) {
            at = at.plus(Duration.ofMinutes(RANDOM.nextInt(10) == 0 ? 240 : RANDOM.nextInt(30)));
            String kind = RANDOM.nextInt(6) == 0 ? "text" : "mood_day";
            MoodFact mood = RANDOM.nextInt(12) == 0 ? null : mood();
            facts.add(new Fact(kind, "f" + i, Sample.USER, at, null, null, null, mood, null, null, null, false, at));
        }
        return facts;
    }

    private static MoodFact mood() {
        Double level = switch (RANDOM.nextInt(12)) {
            case 0 -> null;
            case 1 -> Double.NaN;
            case 2 -> -0.0;
            default -> RANDOM.nextInt(6) / 5.0;
        };
        Integer logs = RANDOM.nextInt(8) == 0 ? null : RANDOM.nextInt(5);
        return new MoodFact(level, null, logs, null, null, null, null, null, null, null, null, null, null);
    }
}
