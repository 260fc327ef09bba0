package dev.tideline.patterns.segment;

import dev.tideline.patterns.rule.Condition;
import dev.tideline.patterns.rule.SegmentRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Puts segments after those that they refer to. */
final class References {
    private final Map<String, SegmentRule> rules = new LinkedHashMap<>();
    private final LinkedHashSet<String> path = new LinkedHashSet<>();
    private final Map<String, SegmentRule> ordered = new LinkedHashMap<>();

    private References(List<SegmentRule> enabled) {
        for (SegmentRule rule : enabled) {
            if (rules.put(rule.id(), rule) != null) {
                throw new IllegalArgumentException("segment " + rule.id() + " is there twice");
            }
        }
    }

    /** @throws IllegalArgumentException where segments refer to each other in a circle, or an id is there twice */
    static List<SegmentRule> ordered(List<SegmentRule> enabled) {
        References references = new References(enabled);
        enabled.forEach(references::visit);
        return List.copyOf(references.ordered.values());
    }

    private void visit(SegmentRule rule) {
        if (ordered.containsKey(rule.id())) {
            return;
        }
        if (!path.add(rule.id())) {
            List<String> circle = new ArrayList<>(path);
            circle.add(rule.id());
            throw new IllegalArgumentException("segments in a circle: " + String.join(" → ", circle));
        }
        for (String other : of(rule.when())) {
            SegmentRule referred = rules.get(other);
            if (referred != null) {
                visit(referred);
            }
        }
        path.remove(rule.id());
        ordered.put(rule.id(), rule);
    }

    /** The segments that a condition names. */
    static Set<String> of(Condition condition) {
        return names(condition).collect(java.util.stream.Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<String> names(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream().flatMap(References::names);
        } else if (condition instanceof Condition.Any any) {
            return any.parts().stream().flatMap(References::names);
        } else if (condition instanceof Condition.Not not) {
            return names(not.part());
        } else if (condition instanceof Condition.InSegment other) {
            return Stream.of(other.segment());
        }
        return Stream.empty();
    }
}
