package dev.tideline.patterns.rule;

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
import java.util.TreeMap;
import java.util.TreeSet;

/** What can be said of rules only together: each id once, one policy, references that lead somewhere and not in circles. */
public final class RuleSet {
    private final Reading reading;
    private final Map<String, RuleDocument> byKey = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private RuleSet(Reading reading) {
        this.reading = reading;
    }

    /**
     * Everything that is wrong between the good rules of a reading. What follows from a document that was refused, or from a
     * text that could not be read to its end, is not told again.
     */
    public static List<Problem> problems(Reading reading) {
        RuleSet set = new RuleSet(reading);
        set.checkIds();
        set.checkPolicies();
        set.checkReferences();
        set.checkCycles();
        return List.copyOf(set.problems);
    }

    /** The segments that a rule names in its condition, in alphabetical order. */
    public static Set<String> references(Rule rule) {
        return new TreeSet<>(RuleParts.references(rule).values());
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
        Map<String, Set<String>> graph = graph(among);
        graph.put(segment.id(), references(segment));
        return wayBack(segment.id(), graph);
    }

    private static Map<String, Set<String>> graph(Collection<? extends Rule> rules) {
        Map<String, Set<String>> graph = new HashMap<>();
        rules.stream().filter(SegmentRule.class::isInstance).forEach(rule -> graph.put(rule.id(), references(rule)));
        return graph;
    }

    /** The segments from which references lead on without end: all that lie in circles, and those that lead into one. */
    private static Set<String> leadingOn(Map<String, Set<String>> graph) {
        Map<String, List<String>> namedBy = new HashMap<>();
        Map<String, Integer> open = new HashMap<>();
        graph.forEach((id, references) -> {
            references.forEach(reference -> namedBy.computeIfAbsent(reference, none -> new ArrayList<>())
                    .add(id));
            open.put(id, references.size());
        });
        Deque<String> ends = new ArrayDeque<>();
        graph.forEach((id, references) -> {
            if (references.isEmpty()) {
                ends.add(id);
            }
        });
        namedBy.keySet().stream().filter(id -> !graph.containsKey(id)).forEach(ends::add);
        while (!ends.isEmpty()) {
            String end = ends.remove();
            open.remove(end);
            for (String id : namedBy.getOrDefault(end, List.of())) {
                if (open.merge(id, -1, Integer::sum) == 0) {
                    ends.add(id);
                }
            }
        }
        return open.keySet();
    }

    private static boolean live(Rule rule) {
        return rule.header().enabled() && !rule.header().shadow();
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
        for (RuleDocument document : reading.documents()) {
            String key = document.rule().header().key();
            RuleDocument first = byKey.putIfAbsent(key, document);
            if (first != null) {
                problems.add(document.problem(
                        "/id", "a second " + key + " (the first: " + first.place() + ")", "each id once"));
            }
        }
    }

    private void checkPolicies() {
        List<RuleDocument> policies = byKey.values().stream()
                .filter(document -> document.rule() instanceof PolicyRule && live(document.rule()))
                .toList();
        policies.stream()
                .skip(1)
                .forEach(policy -> problems.add(policy.problem(
                        "/kind",
                        "a second live policy (the first: " + policies.get(0).place() + ")",
                        "one policy; `enabled: false` or `mode: shadow` in the others")));
    }

    private void checkReferences() {
        Map<String, RuleDocument> segments = new TreeMap<>();
        byKey.values().stream()
                .filter(document -> document.rule() instanceof SegmentRule)
                .forEach(document -> segments.put(document.rule().id(), document));
        for (RuleDocument document : reading.documents()) {
            RuleParts.references(document.rule()).forEach((path, id) -> {
                RuleDocument segment = segments.get(id);
                if (segment == null) {
                    checkMissing(document, path, id, segments.keySet());
                } else if (!live(segment.rule())) {
                    problems.add(document.problem(
                            path,
                            "the segment `" + id + "`, which is " + asleep(segment.rule()),
                            "a segment that is enabled and in mode live"));
                }
            });
        }
    }

    private void checkMissing(RuleDocument document, String path, String id, Set<String> segments) {
        if (reading.complete() && !reading.refused().contains(Header.Kind.SEGMENT.word() + "/" + id)) {
            Set<String> others = new TreeSet<>(segments);
            others.remove(document.rule().id());
            Problem missing =
                    document.problem(path, "the segment `" + id + "`, which is not there", "the id of another segment");
            problems.add(missing.suggesting(NearMiss.of(id, others)));
        }
    }

    private static String asleep(Rule rule) {
        return rule.header().enabled() ? "in shadow" : "switched off";
    }

    private void checkCycles() {
        Set<String> told = new HashSet<>();
        Map<String, Set<String>> graph =
                graph(byKey.values().stream().map(RuleDocument::rule).toList());
        Set<String> leadingOn = leadingOn(graph);
        for (RuleDocument document : byKey.values()) {
            if (document.rule() instanceof SegmentRule segment
                    && leadingOn.contains(segment.id())
                    && !told.contains(segment.id())) {
                List<String> circle = wayBack(segment.id(), graph);
                told.addAll(circle);
                if (!circle.isEmpty()) {
                    problems.add(document.problem(
                            referencePath(segment, circle.get(1)),
                            "a circle: " + String.join(" → ", circle),
                            "segments that do not refer back to themselves"));
                }
            }
        }
    }

    private static String referencePath(SegmentRule segment, String id) {
        return RuleParts.references(segment).entrySet().stream()
                .filter(reference -> reference.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("/when");
    }
}
