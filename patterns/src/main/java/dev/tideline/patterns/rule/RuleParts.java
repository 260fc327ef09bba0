package dev.tideline.patterns.rule;

import dev.tideline.patterns.rule.Condition.All;
import dev.tideline.patterns.rule.Condition.Any;
import dev.tideline.patterns.rule.Condition.Followed;
import dev.tideline.patterns.rule.Condition.InSegment;
import dev.tideline.patterns.rule.Condition.Not;
import dev.tideline.patterns.rule.Condition.Performed;
import dev.tideline.patterns.rule.Condition.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The parts of a rule, each with its path in the rule's document as a JSON pointer. */
public final class RuleParts {
    private RuleParts() {}

    /** The sequences of a rule by path, in the order of the document. */
    public static Map<String, Sequence> sequences(Rule rule) {
        Map<String, Sequence> sequences = new LinkedHashMap<>();
        if (rule instanceof PatternRule pattern) {
            sequences.put("/sequence", pattern.sequence());
        }
        leaves(rule, (path, leaf) -> {
            if (leaf instanceof Followed followed) {
                sequences.put(path + "/sequence", followed.sequence());
            }
        });
        return sequences;
    }

    /** The ids of the segments that a rule refers to, by the path of each reference, in the order of the document. */
    public static Map<String, String> references(Rule rule) {
        Map<String, String> references = new LinkedHashMap<>();
        leaves(rule, (path, leaf) -> {
            if (leaf instanceof InSegment in) {
                references.put(path + "/segment", in.segment());
            }
        });
        return references;
    }

    /** The counts of a segment by path, in the order of the document. */
    public static Map<String, Performed> counts(Rule rule) {
        Map<String, Performed> counts = new LinkedHashMap<>();
        leaves(rule, (path, leaf) -> {
            if (leaf instanceof Performed performed) {
                counts.put(path, performed);
            }
        });
        return counts;
    }

    /** The event types and derived facts that a rule looks at, in alphabetical order. */
    public static Set<String> kinds(Rule rule) {
        Set<String> kinds = new TreeSet<>();
        counts(rule).values().forEach(count -> kinds.add(count.fact()));
        sequences(rule).values().forEach(sequence -> kinds.addAll(sequence.kinds()));
        return kinds;
    }

    /** Every predicate of a rule. */
    public static List<Predicate> predicates(Rule rule) {
        List<@Nullable Predicate> predicates = new ArrayList<>();
        leaves(rule, (path, leaf) -> {
            if (leaf instanceof Profile profile) {
                predicates.add(profile.predicate());
            }
        });
        counts(rule).values().forEach(count -> predicates.add(count.where()));
        for (Sequence sequence : sequences(rule).values()) {
            sequence.steps().forEach(step -> {
                predicates.add(step.where());
                predicates.add(step.until());
            });
        }
        if (rule instanceof PatternRule pattern) {
            pattern.raise().forEach(raise -> predicates.add(raise.when()));
        }
        return predicates.stream().filter(Objects::nonNull).toList();
    }

    /** Every leaf of a segment's condition with the path of the object that it stands in. */
    static void leaves(Rule rule, BiConsumer<String, Condition> leaf) {
        if (rule instanceof SegmentRule segment) {
            leaves("/when", segment.when(), leaf);
        }
    }

    private static void leaves(String path, Condition condition, BiConsumer<String, Condition> leaf) {
        if (condition instanceof All all) {
            leaves(path + "/all", all.parts(), leaf);
        } else if (condition instanceof Any any) {
            leaves(path + "/any", any.parts(), leaf);
        } else if (condition instanceof Not not) {
            leaves(path + "/not", not.part(), leaf);
        } else {
            leaf.accept(path, condition);
        }
    }

    private static void leaves(String path, List<Condition> parts, BiConsumer<String, Condition> leaf) {
        for (int i = 0; i < parts.size(); i++) {
            leaves(path + "/" + i, parts.get(i), leaf);
        }
    }
}
