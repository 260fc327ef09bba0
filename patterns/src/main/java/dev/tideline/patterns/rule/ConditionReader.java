package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact.Derived;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.rule.Condition.All;
import dev.tideline.patterns.rule.Condition.Any;
import dev.tideline.patterns.rule.Condition.AtRisk;
import dev.tideline.patterns.rule.Condition.Followed;
import dev.tideline.patterns.rule.Condition.InSegment;
import dev.tideline.patterns.rule.Condition.Not;
import dev.tideline.patterns.rule.Condition.Performed;
import dev.tideline.patterns.rule.Condition.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the condition tree of a segment. */
final class ConditionReader {
    /** The newest facts that a count may need, and so what it keeps per user. */
    static final int MOST_COUNTED = 1000;

    private static final int DEEPEST = 16;
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final List<String> SORTS =
            List.of("all", "any", "not", "performed", "profile", "segment", "risk", "sequence");
    private static final Map<String, Set<String>> COMPANIONS = Map.of(
            "performed", Set.of("where", "at_least", "at_most", "exactly", "between", "within"),
            "sequence", Set.of("within"));
    private static final Set<String> COUNTED = Set.of(Derived.SESSION, Derived.MOOD_DAY, Derived.SURVEY, Derived.TEXT);

    private ConditionReader() {}

    /** A condition; a stand-in where it is not good. */
    static Condition read(Part part) {
        return read(part, 1);
    }

    private static Condition read(Part part, int depth) {
        if (depth > DEEPEST) {
            part.wrong("a condition at level " + depth, "at most " + DEEPEST + " levels");
            return new All(List.of());
        }
        if (part.isList()) {
            part.wrong("a list", "one condition: `all:` or `any:` before the list");
            return new All(List.of());
        }
        List<String> sorts = SORTS.stream().filter(part::says).toList();
        if (part.isText()) {
            part.wrong(part.inWords(), "a condition, such as `performed: page_view`");
            return new All(List.of());
        }
        Fields fields = part.fields(known(sorts));
        if (sorts.size() == 1) {
            String sort = sorts.get(0);
            return leaf(fields, sort, fields.optional(sort).orElseThrow(), depth);
        }
        if (part.isObject() && !fields.misspelt()) {
            String found = sorts.isEmpty() ? "no condition" : String.join(" and ", sorts) + " in one condition";
            String several = sorts.isEmpty() ? "" : "; several go into a list under `all:`";
            part.wrong(found, "exactly one of " + String.join(", ", SORTS) + several);
        }
        return new All(List.of());
    }

    /** The keys that may stand beside each other, given which sorts of condition there are. */
    private static Set<String> known(List<String> sorts) {
        Set<String> known = new TreeSet<>(sorts.isEmpty() ? SORTS : sorts);
        (sorts.isEmpty() ? COMPANIONS.keySet() : sorts)
                .forEach(sort -> known.addAll(COMPANIONS.getOrDefault(sort, Set.of())));
        return known;
    }

    private static Condition leaf(Fields fields, String sort, Part part, int depth) {
        return switch (sort) {
            case "all" -> new All(parts(part, depth));
            case "any" -> new Any(parts(part, depth));
            case "not" -> new Not(read(part, depth + 1));
            case "performed" -> performed(fields, part);
            case "profile" -> profile(part);
            case "segment" -> segment(part);
            case "risk" -> new AtRisk(part.word(List.of(Level.values()), Level::name));
            default -> followed(fields, part);
        };
    }

    private static List<Condition> parts(Part part, int depth) {
        List<Condition> parts = new ArrayList<>();
        for (Part element : part.elements("a list of at least one condition: lines that begin with `-`")) {
            parts.add(read(element, depth + 1));
        }
        return parts;
    }

    private static Condition profile(Part part) {
        Predicate predicate = part.predicate(Visible.PROFILE);
        return predicate == null ? new All(List.of()) : new Profile(predicate);
    }

    private static Condition segment(Part part) {
        return new InSegment(part.text(ID, "a segment's id", id -> id.replaceFirst("^segment[/:]", "")));
    }

    private static Condition followed(Fields fields, Part part) {
        Part within = fields.required("within", "a duration, without which a sequence would hold for ever");
        return new Followed(
                SequenceReader.read(part, within, SequenceReader.Use.SEGMENT).sequence());
    }

    private static Condition performed(Fields fields, Part part) {
        if (part.isList()) {
            part.wrong("a list", "one event type; several conditions go into a list under `any:`");
            return new Performed("", null, 1, null, null);
        }
        String fact = FactName.read(part, COUNTED);
        Predicate where = fields.optional("where")
                .map(expression -> expression.predicate(Visible.FACT, Surroundings.of(fact)))
                .orElse(null);
        Long within =
                fields.optional("within").map(window -> window.duration(1)).orElse(null);
        return counted(fields, fact, where, within);
    }

    private static Performed counted(Fields fields, String fact, @Nullable Predicate where, @Nullable Long within) {
        List<String> bounds = List.of("at_least", "at_most", "exactly", "between").stream()
                .filter(fields::has)
                .toList();
        if (bounds.size() > 1) {
            fields.owner()
                    .wrong(String.join(" and ", bounds) + " together", "one of at_least, at_most, exactly, between");
        }
        if (bounds.isEmpty()) {
            return new Performed(fact, where, 1, null, within);
        }
        Part bound = fields.optional(bounds.get(0)).orElseThrow();
        return switch (bounds.get(0)) {
            case "at_least" -> new Performed(fact, where, bound.whole(1, MOST_COUNTED), null, within);
            case "at_most" -> new Performed(fact, where, 0, bound.whole(0, MOST_COUNTED), within);
            case "exactly" -> exactly(fact, where, bound.whole(0, MOST_COUNTED), within);
            default -> between(fact, where, bound, within);
        };
    }

    private static Performed exactly(String fact, @Nullable Predicate where, int count, @Nullable Long within) {
        return new Performed(fact, where, count, count, within);
    }

    private static Performed between(String fact, @Nullable Predicate where, Part bounds, @Nullable Long within) {
        String expected = "two whole numbers in brackets, the lower first: [2, 5]";
        List<Part> ends = bounds.elements(expected);
        if (ends.size() != 2) {
            if (!ends.isEmpty()) {
                bounds.wrong("a list of " + ends.size(), expected);
            }
            return new Performed(fact, where, 1, null, within);
        }
        int lowest = ends.get(0).whole(0, MOST_COUNTED);
        int highest = ends.get(1).whole(0, MOST_COUNTED);
        if (lowest > highest) {
            bounds.wrong("[" + lowest + ", " + highest + "]", expected);
        }
        return new Performed(fact, where, lowest, highest, within);
    }
}
