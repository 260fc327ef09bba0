package dev.tideline.patterns.rule;

import dev.tideline.patterns.rule.Condition.All;
import dev.tideline.patterns.rule.Condition.Any;
import dev.tideline.patterns.rule.Condition.InSegment;
import dev.tideline.patterns.rule.Condition.Not;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be said of rules only together: each id once, one policy, references that lead somewhere and not in circles. */
public final class RuleSet {
    private final List<RuleDocument> documents;
    private final Map<String, RuleDocument> byKey = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private RuleSet(List<RuleDocument> documents) {
        this.documents = documents;
    }

    /** Everything that is wrong between the rules, in the order of the documents. */
    public static List<Problem> problems(List<RuleDocument> documents) {
        RuleSet set = new RuleSet(documents);
        set.checkIds();
        set.checkPolicies();
        set.checkReferences();
        set.checkCycles();
        return List.copyOf(set.problems);
    }

    /** The segments that a rule names in its condition, in alphabetical order. */
    public static Set<String> references(Rule rule) {
        Set<String> references = new TreeSet<>();
        if (rule instanceof SegmentRule segment) {
            collect(segment.when(), references);
        }
        return references;
    }

    /** The segments that a rule names and that are not live among the given rules: what it has to wait for. */
    public static Set<String> missing(Rule rule, Collection<? extends Rule> among) {
        Set<String> missing = references(rule);
        among.stream()
                .filter(other -> other instanceof SegmentRule && live(other))
                .forEach(other -> missing.remove(other.id()));
        return missing;
    }

    /**
     * The circle that a segment would close if it joined the given ones (a rule of the same id among them is replaced).
     *
     * @return ids from the segment back to itself; empty if there is no circle
     */
    public static List<String> cycle(SegmentRule segment, Collection<? extends Rule> among) {
        Map<String, Set<String>> graph = new HashMap<>();
        among.stream().filter(SegmentRule.class::isInstance).forEach(rule -> graph.put(rule.id(), references(rule)));
        graph.put(segment.id(), references(segment));
        return wayBack(segment.id(), graph);
    }

    private static boolean live(Rule rule) {
        return rule.header().enabled() && !rule.header().shadow();
    }

    private static void collect(Condition condition, Set<String> references) {
        if (condition instanceof InSegment in) {
            references.add(in.segment());
        }
        parts(condition).forEach(part -> collect(part, references));
    }

    private static Stream<Condition> parts(Condition condition) {
        if (condition instanceof All all) {
            return all.parts().stream();
        }
        if (condition instanceof Any any) {
            return any.parts().stream();
        }
        return condition instanceof Not not ? Stream.of(not.part()) : Stream.empty();
    }

    private static List<String> wayBack(String start, Map<String, Set<String>> graph) {
        Map<String, String> reachedFrom = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            String here = open.removeFirst();
            for (String next : graph.getOrDefault(here, Set.of())) {
                if (next.equals(start)) {
                    return trail(start, here, reachedFrom);
                }
                if (reachedFrom.putIfAbsent(next, here) == null) {
                    open.add(next);
                }
            }
        }
        return List.of();
    }

    private static List<String> trail(String start, String last, Map<String, String> reachedFrom) {
        Deque<String> trail = new ArrayDeque<>(List.of(start));
        for (String at = last; at != null && !at.equals(start); at = reachedFrom.get(at)) {
            trail.addFirst(at);
        }
        trail.addFirst(start);
        return List.copyOf(trail);
    }

    private void checkIds() {
        for (RuleDocument document : documents) {
            String key = document.rule().header().key();
            RuleDocument first = byKey.putIfAbsent(key, document);
            if (first != null) {
                report(
                        document.place(),
                        "/id",
                        "a second " + key + " (the first: " + first.place() + ")",
                        "each id once",
                        null);
            }
        }
    }

    private void checkPolicies() {
        List<RuleDocument> policies = byKey.values().stream()
                .filter(document -> document.rule() instanceof PolicyRule && live(document.rule()))
                .toList();
        policies.stream()
                .skip(1)
                .forEach(policy -> report(
                        policy.place(),
                        "",
                        "a second live policy (the first: " + policies.get(0).place() + ")",
                        "one policy",
                        null));
    }

    private void checkReferences() {
        Set<String> segments = new TreeSet<>();
        byKey.values().stream()
                .filter(document -> document.rule() instanceof SegmentRule)
                .forEach(document -> segments.add(document.rule().id()));
        for (RuleDocument document : documents) {
            List<Rule> among = byKey.values().stream().map(RuleDocument::rule).toList();
            for (String id : missing(document.rule(), among)) {
                Place place = document.references().getOrDefault(id, document.place());
                if (segments.contains(id)) {
                    report(
                            place,
                            "/when",
                            "the segment `" + id + "`, which is not live",
                            "a segment that is enabled and in mode live",
                            null);
                } else {
                    report(
                            place,
                            "/when",
                            "the segment `" + id + "`, which is not there",
                            "the id of another segment",
                            NearMiss.of(id, segments));
                }
            }
        }
    }

    private void checkCycles() {
        Set<String> told = new HashSet<>();
        List<Rule> rules = byKey.values().stream().map(RuleDocument::rule).toList();
        for (RuleDocument document : byKey.values()) {
            if (document.rule() instanceof SegmentRule segment && !told.contains(segment.id())) {
                List<String> circle = cycle(segment, rules);
                told.addAll(circle);
                if (!circle.isEmpty()) {
                    Place place = document.references().getOrDefault(circle.get(1), document.place());
                    report(
                            place,
                            "/when",
                            "a circle: " + String.join(" → ", circle),
                            "segments that do not refer back to themselves",
                            null);
                }
            }
        }
    }

    private void report(Place place, String path, String found, String expected, @Nullable String suggestion) {
        problems.add(new Problem(place, path, found, expected, suggestion));
    }
}
