package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact.Derived;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.rule.PatternRule.Raise;
import dev.tideline.patterns.rule.Sequence.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a pattern. */
final class PatternReader {
    static final List<String> FAMILIES = List.of("mood", "text", "survey", "feedback", "engagement", "burnout");
    static final Set<String> KEYS =
            HeaderReader.with("family", "level", "sequence", "within", "raise", "cooldown", "immediate", "supporting");

    /** Derived facts that exist only once events are in order. */
    private static final Set<String> IN_ORDER_ONLY =
            Set.of(Derived.SESSION, Derived.MOOD_DAY, Derived.QUIET, Derived.WEEK);

    private PatternReader() {}

    static PatternRule read(Fields rule, Header header) {
        String family = rule.required("family", Part.oneOf(FAMILIES)).word(FAMILIES);
        Level level = level(rule.required("level", "AMBER, RED or CRISIS"));
        SequenceReader.Read read = SequenceReader.read(
                rule.required("sequence", "a list of steps"),
                rule.required("within", "a duration of at most 400d"),
                SequenceReader.Use.PATTERN);
        List<Raise> raise = new ArrayList<>();
        rule.optional("raise")
                .ifPresent(part -> part.elements("a list of { when: …, to: … }: lines that begin with `-`")
                        .forEach(element -> raise(element, read, level, raise)));
        long cooldown = rule.optional("cooldown").map(part -> part.duration(0)).orElse(defaultCooldown(level));
        boolean immediate = rule.optional("immediate").map(Part::flag).orElse(false);
        boolean supporting = rule.optional("supporting").map(Part::flag).orElse(false);
        if (immediate) {
            checkImmediate(rule, read.sequence());
        }
        return new PatternRule(
                header, family, level, read.sequence(), List.copyOf(raise), cooldown, immediate, supporting);
    }

    /** How long a pattern stays quiet where its rule does not say: 7 d, 24 h, not at all. */
    static long defaultCooldown(Level level) {
        return switch (level) {
            case AMBER -> 7 * 86_400_000L;
            case RED -> 86_400_000L;
            case CRISIS -> 0;
        };
    }

    static Level level(Part part) {
        return part.word(List.of(Level.values()), Level::name);
    }

    private static void raise(Part element, SequenceReader.Read read, Level level, List<Raise> raise) {
        Fields fields = element.fields(Set.of("when", "to"));
        Predicate when = fields.required("when", "a CEL expression").predicate(read.match(), read.surroundings());
        Part toPart = fields.required("to", "AMBER, RED or CRISIS");
        int before = element.findings().count();
        Level to = level(toPart);
        if (element.findings().count() == before && !to.atLeast(level)) {
            toPart.wrong("`" + to + "`, which is below the pattern's own `" + level + "`", "a level that is not lower");
        }
        if (when != null) {
            raise.add(new Raise(when, to));
        }
    }

    private static void checkImmediate(Fields rule, Sequence sequence) {
        Part immediate = rule.optional("immediate").orElse(rule.owner());
        if (sequence.steps().size() != 1) {
            immediate.wrong("`immediate` with " + sequence.steps().size() + " steps", "exactly one step");
            return;
        }
        Step step = sequence.steps().get(0);
        if (step.from() != 1 || !Integer.valueOf(1).equals(step.to())) {
            immediate.wrong("`immediate` with a step that repeats", "a step that happens once");
        }
        if (IN_ORDER_ONLY.contains(step.on())) {
            immediate.wrong(
                    "`immediate` on `" + step.on() + "`",
                    "an event type, text or survey: the others are known in order only");
        }
    }
}
