package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.Scope;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.rule.Sequence.Contiguity;
import dev.tideline.patterns.rule.Sequence.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/** Facts and steps to tell stories with: every fact has a name, a kind, a time of day and a mood. */
final class Sample {
    static final String USER = "0b0e1a52-6f6e-4a9b-9c3c-3f6c1f0d2a11";
    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");

    private Sample() {}

    static Instant at(String timeOfDay) {
        return DAY.plus(Duration.between(java.time.LocalTime.MIDNIGHT, java.time.LocalTime.parse(timeOfDay)));
    }

    static Fact fact(String name, String kind, String timeOfDay) {
        return fact(USER, name, kind, at(timeOfDay), 0.5);
    }

    static Fact fact(String name, String kind, String timeOfDay, double mood) {
        return fact(USER, name, kind, at(timeOfDay), mood);
    }

    static Fact fact(String user, String name, String kind, Instant at, double mood) {
        return new Fact(kind, name, user, at, null, null, null, MoodFact.ofLog(mood, 0), null, null, null, false, at);
    }

    static double mood(@Nullable Fact fact) {
        return Objects.requireNonNull(
                Objects.requireNonNull(Objects.requireNonNull(fact).mood()).level());
    }

    static byte[] written(SequenceState state) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(256);
            SequenceState.serializer().serialize(state, out);
            return out.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SequenceState read(byte[] bytes) {
        try {
            return SequenceState.serializer().deserialize(new DataInputDeserializer(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A predicate over the fact alone, written in Java; its name stands for what it says. */
    static Predicate about(String source, java.util.function.Predicate<Scope> holds) {
        return new Written(source, false, holds);
    }

    /** A predicate that may look back, written in Java; its name stands for what it says. */
    static Predicate where(String source, java.util.function.Predicate<Scope> holds) {
        return new Written(source, true, holds);
    }

    static final Predicate FALLING =
            where("mood.level < prev.mood.level", scope -> mood(scope.fact()) < mood(scope.previous()));

    record Written(String source, boolean looksBack, java.util.function.Predicate<Scope> holds) implements Predicate {
        @Override
        public boolean test(Scope scope) {
            return holds.test(scope);
        }
    }

    static Step one(String name, Contiguity contiguity, String on) {
        return one(name, contiguity, on, null);
    }

    static Step one(String name, Contiguity contiguity, String on, @Nullable Predicate where) {
        return new Step(name, contiguity, on, where, 1, 1, false, false, false, null);
    }

    static Step many(String name, Contiguity contiguity, String on, int from, @Nullable Integer to) {
        return new Step(name, contiguity, on, null, from, to, false, false, false, null);
    }

    static Step optional(Step step) {
        return new Step(
                step.name(),
                step.contiguity(),
                step.on(),
                step.where(),
                step.from(),
                step.to(),
                true,
                step.greedy(),
                step.consecutive(),
                step.until());
    }

    static Step greedy(Step step) {
        return new Step(
                step.name(),
                step.contiguity(),
                step.on(),
                step.where(),
                step.from(),
                step.to(),
                step.optional(),
                true,
                step.consecutive(),
                step.until());
    }

    static Step consecutive(Step step) {
        return new Step(
                step.name(),
                step.contiguity(),
                step.on(),
                step.where(),
                step.from(),
                step.to(),
                step.optional(),
                step.greedy(),
                true,
                step.until());
    }

    static Step until(Step step, Predicate until) {
        return new Step(
                step.name(),
                step.contiguity(),
                step.on(),
                step.where(),
                step.from(),
                step.to(),
                step.optional(),
                step.greedy(),
                step.consecutive(),
                until);
    }

    static WatchedSequence watched(String key, Duration within, Step... steps) {
        return new WatchedSequence(key, 1, new Sequence(List.of(steps), within.toMillis()), Long.MIN_VALUE);
    }
}
