package dev.tideline.patterns.rule;

import dev.tideline.patterns.rule.Condition.All;
import dev.tideline.patterns.rule.Condition.Any;
import dev.tideline.patterns.rule.Condition.Followed;
import dev.tideline.patterns.rule.Condition.InSegment;
import dev.tideline.patterns.rule.Condition.Not;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

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
