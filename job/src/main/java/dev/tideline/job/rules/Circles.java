package dev.tideline.job.rules;

import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.RuleSet;
import dev.tideline.patterns.rule.SegmentRule;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the circle that a segment would close, among the rules in force as well as among those that are to come into force.
 * Looks only at what can be reached from the segment.
 */
final class Circles {
    private final Map<String, RegisteredRule> inForce;
    private final Map<String, RegisteredRule> waiting;

    Circles(Map<String, RegisteredRule> inForce, Map<String, RegisteredRule> waiting) {
        this.inForce = inForce;
        this.waiting = waiting;
    }

    /** Ids from the segment back to itself; empty if there is no circle. */
    List<String> closedBy(Rule rule) {
        List<String> now = closedNow(rule);
        return now.isEmpty() ? circle(rule, this::newest) : now;
    }

    /** The same among the rules in force alone. */
    List<String> closedNow(Rule rule) {
        return circle(rule, inForce::get);
    }

    private @Nullable RegisteredRule newest(String key) {
        RegisteredRule waits = waiting.get(key);
        return waits == null ? inForce.get(key) : waits;
    }

    private static List<String> circle(Rule rule, Function<String, @Nullable RegisteredRule> rules) {
        if (!(rule instanceof SegmentRule segment)) {
            return List.of();
        }
        Map<String, Rule> reached = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(RuleSet.references(segment));
        while (!open.isEmpty()) {
            String id = open.removeFirst();
            if (id.equals(segment.id())) {
                return RuleSet.cycle(segment, reached.values());
            }
            RegisteredRule next = rules.apply(RuleRegister.segment(id));
            if (next != null && reached.putIfAbsent(id, next.rule()) == null) {
                open.addAll(next.references());
            }
        }
        return List.of();
    }
}
