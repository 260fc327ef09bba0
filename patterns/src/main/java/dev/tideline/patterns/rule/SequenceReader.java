package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact.Derived;
import dev.tideline.patterns.rule.Sequence.Contiguity;
import dev.tideline.patterns.rule.Sequence.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads steps, and refuses what Flink CEP would refuse when the job runs. */
final class SequenceReader {
    private static final int MOST_STEPS = 50;
    private static final Set<String> KEYS =
            Set.of("step", "on", "where", "contiguity", "times", "optional", "greedy", "consecutive", "until");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,49}");
    static final Set<String> TAKEN = taken();

    private final Use use;
    private final Set<String> names = new HashSet<>();
    /** Steps that a later expression may ask, those that accept a fact, with its kind. */
    private final Map<String, String> accepted = new LinkedHashMap<>();
    /** Steps that cannot be asked where the reader stands, with the reason. */
    private final Map<String, String> away = new HashMap<>();

    private @Nullable Step previous;

    /** What a sequence is for. */
    enum Use {
        PATTERN,
        SEGMENT
    }

    /** A sequence, and what expressions about a whole match may name. */
    record Read(Sequence sequence, Visible match, Surroundings surroundings) {}

    private SequenceReader(Use use) {
        this.use = use;
    }

    static Read read(Part steps, Part within, Use use) {
        SequenceReader reader = new SequenceReader(use);
        List<Step> read = new ArrayList<>();
        List<Part> elements = steps.elements("a list of at least one step: lines that begin with `-`");
        if (elements.size() > MOST_STEPS) {
            steps.wrong(elements.size() + " steps", "at most " + MOST_STEPS);
        }
        elements.forEach(element -> element.member("step")
                .flatMap(Part::scalar)
                .ifPresent(name -> reader.away.put(name, "the step `" + name + "`, which comes later")));
        for (Part element : elements) {
            read.add(reader.step(element));
        }
        if (!read.isEmpty()) {
            reader.checkEnd(read, elements.get(elements.size() - 1), steps);
        }
        long withinMillis = within.missing() ? 1 : within.duration(1);
        return new Read(
                new Sequence(List.copyOf(read), withinMillis),
                Visible.afterSteps(reader.accepted.keySet()),
                new Surroundings(null, reader.accepted, reader.away));
    }

    private Step step(Part part) {
        Fields fields = part.fields(KEYS);
        String name = name(fields);
        String on = FactName.read(fields.required("on", "an event type or a derived fact"), Derived.NAMES);
        Contiguity contiguity = contiguity(fields);
        away.put(name, "the step `" + name + "`, which is this one itself");
        Repetition times = Repetition.read(fields.optional("times").orElse(null));
        boolean optional = fields.optional("optional").map(Part::flag).orElse(false);
        boolean greedy = fields.optional("greedy").map(Part::flag).orElse(false);
        boolean consecutive = fields.optional("consecutive").map(Part::flag).orElse(false);
        boolean nothingBefore = previous == null && Repetition.ONCE.equals(times);
        Visible visible = nothingBefore ? Visible.FACT : Visible.afterSteps(accepted.keySet());
        away.put(Visible.PREVIOUS, "`prev` at the first step, before which there is nothing");
        Predicate where = predicate(fields, "where", visible, new Surroundings(on, accepted, away));
        Predicate until = predicate(fields, "until", visible, new Surroundings(null, accepted, away));
        Step step =
                new Step(name, contiguity, on, where, times.from(), times.to(), optional, greedy, consecutive, until);
        new StepCheck(fields, step, previous).run();
        if (!contiguity.negative()) {
            accepted.put(name, on);
            away.remove(name);
        } else {
            away.put(name, "the step `" + name + "`, which asks for absence and has no fact");
        }
        previous = step;
        return step;
    }

    private String name(Fields fields) {
        Part part = fields.required("step", "the step's name");
        String name = part.text(
                NAME,
                "a name of lower-case letters, digits and _, beginning with a letter, at most 50 long",
                FactName::plain);
        if (TAKEN.contains(name)) {
            part.wrong("`" + name + "`, which has a meaning of its own in expressions", "another name");
        } else if (!names.add(name) && !part.missing()) {
            part.wrong("a second step `" + name + "`", "each name once");
        }
        return name;
    }

    private static Contiguity contiguity(Fields fields) {
        return fields.optional("contiguity")
                .map(part -> part.word(List.of(Contiguity.values()), Contiguity::word))
                .orElse(Contiguity.FOLLOWED_BY);
    }

    private static @Nullable Predicate predicate(Fields fields, String key, Visible visible, Surroundings facts) {
        Part part = fields.optional(key).orElse(null);
        return part == null ? null : part.predicate(visible, facts);
    }

    private void checkEnd(List<Step> steps, Part last, Part all) {
        Contiguity end = steps.get(steps.size() - 1).contiguity();
        if (steps.size() > 1 && end == Contiguity.NOT_NEXT) {
            last.wrong(
                    "`not_next` at the end",
                    "another step after it, or `not_followed_by`, which waits for the window's end");
        }
        if (steps.size() > 1 && end == Contiguity.NOT_FOLLOWED_BY && use == Use.SEGMENT) {
            last.wrong(
                    "`not_followed_by` at the end",
                    "another step after it: such a match is known at the window's end, and ends right there");
        }
        if (steps.stream().allMatch(step -> step.optional() || step.contiguity().negative())) {
            all.wrong("optional steps only", "at least one step that must happen");
        }
    }

    private static Set<String> taken() {
        Set<String> taken = new HashSet<>(Visible.OF_FACT);
        taken.addAll(Visible.OF_USER);
        taken.addAll(Set.of(
                Visible.PREVIOUS,
                "true",
                "false",
                "null",
                "in",
                "as",
                "break",
                "const",
                "continue",
                "else",
                "for",
                "function",
                "if",
                "import",
                "let",
                "loop",
                "package",
                "namespace",
                "return",
                "var",
                "void",
                "while",
                "int",
                "uint",
                "double",
                "bool",
                "string",
                "bytes",
                "list",
                "map",
                "null_type",
                "type",
                "dyn",
                "has",
                "all",
                "exists",
                "exists_one",
                "filter",
                "size",
                "duration",
                "timestamp"));
        return Set.copyOf(taken);
    }
}
