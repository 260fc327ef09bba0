package dev.tideline.patterns.segment;

import dev.tideline.patterns.rule.Condition;
import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.rule.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns rules into numbered segments and leaves; used once, by {@link SegmentEngine}. */
final class Compilation {
    private final Map<Long, Draft> leaves = new LinkedHashMap<>();
    private final Map<Long, ProfileDraft> profiles = new LinkedHashMap<>();
    private final Map<Long, Sequence> sequences = new LinkedHashMap<>();
    private final TreeSet<Integer> riskSegments = new TreeSet<>();
    private final List<CompiledSegment> segments = new ArrayList<>();
    private final Map<String, Integer> indexes = new LinkedHashMap<>();
    private final List<TreeSet<Integer>> dependents = new ArrayList<>();

    /**
     * @param ordered enabled rules, each after those that it refers to
     * @param coming rules whose leaves are counted, and nothing else
     */
    Compilation(List<SegmentRule> ordered, List<SegmentRule> coming) {
        List<Uses> uses = new ArrayList<>();
        for (SegmentRule rule : ordered) {
            Uses used = new Uses(segments.size());
            dependents.add(new TreeSet<>());
            Node when = compile(rule.when(), used);
            used.close(uses);
            uses.add(used);
            indexes.put(rule.id(), used.segment);
            segments.add(new CompiledSegment(
                    used.segment,
                    rule,
                    CompiledSegment.stateKey(rule),
                    when,
                    new int[0],
                    ints(used.leaves),
                    ints(used.segments)));
        }
        coming.forEach(rule -> anticipate(rule.when()));
    }

    /** What one segment asks of others, at first directly, then through those too. */
    private static final class Uses {
        final int segment;
        final TreeSet<Integer> leaves = new TreeSet<>();
        final TreeSet<Integer> segments = new TreeSet<>();

        Uses(int segment) {
            this.segment = segment;
        }

        void close(List<Uses> others) {
            for (int other : List.copyOf(segments)) {
                leaves.addAll(others.get(other).leaves);
                segments.addAll(others.get(other).segments);
            }
            segments.add(segment);
        }
    }

    private static final class Draft {
        final int index;
        final long key;
        final @Nullable String fact;
        final @Nullable Predicate where;
        final long window;
        final TreeSet<Integer> thresholds = new TreeSet<>();
        final TreeSet<Integer> segments = new TreeSet<>();
        int capacity;

        Draft(int index, long key, @Nullable String fact, @Nullable Predicate where, long window) {
            this.index = index;
            this.key = key;
            this.fact = fact;
            this.where = where;
            this.window = window;
        }

        void remember(int count) {
            capacity = Math.max(capacity, count);
        }

        void usedBy(Uses uses) {
            segments.add(uses.segment);
            uses.leaves.add(index);
        }

        Leaf leaf() {
            return new Leaf(index, key, fact, where, window, ints(thresholds), capacity, ints(segments));
        }
    }

    private record ProfileDraft(int index, Predicate predicate, TreeSet<Integer> segments) {}

    private Node compile(Condition condition, Uses uses) {
        if (condition instanceof Condition.All all) {
            return new Node.All(compile(all.parts(), uses));
        } else if (condition instanceof Condition.Any any) {
            return new Node.Any(compile(any.parts(), uses));
        } else if (condition instanceof Condition.Not not) {
            return new Node.Not(compile(not.part(), uses));
        } else if (condition instanceof Condition.Performed performed) {
            return performed(performed, uses);
        } else if (condition instanceof Condition.Followed followed) {
            return followed(followed.sequence(), uses);
        } else if (condition instanceof Condition.Profile profile) {
            return profile(profile, uses);
        } else if (condition instanceof Condition.InSegment other) {
            return member(other.segment(), uses);
        } else if (condition instanceof Condition.AtRisk risk) {
            riskSegments.add(uses.segment);
            return new Node.Risk(risk.level());
        }
        throw new IllegalArgumentException("a condition of no known kind: " + condition);
    }

    private List<Node> compile(List<Condition> parts, Uses uses) {
        return parts.stream().map(part -> compile(part, uses)).toList();
    }

    private Node performed(Condition.Performed condition, Uses uses) {
        Draft draft = draft(condition);
        draft.thresholds.addAll(thresholds(condition));
        draft.usedBy(uses);
        Integer atMost = condition.atMost();
        return new Node.Count(draft.index, condition.atLeast(), atMost == null ? Long.MAX_VALUE : atMost);
    }

    /** The counts at which the answer changes. */
    private static List<Integer> thresholds(Condition.Performed condition) {
        List<Integer> thresholds = new ArrayList<>();
        if (condition.atLeast() > 0) {
            thresholds.add(condition.atLeast());
        }
        Integer atMost = condition.atMost();
        if (atMost != null) {
            thresholds.add(Math.addExact(atMost, 1));
        }
        return thresholds;
    }

    private Node followed(Sequence sequence, Uses uses) {
        Draft draft = draft(sequence);
        draft.thresholds.add(1);
        draft.usedBy(uses);
        return new Node.Count(draft.index, 1, Long.MAX_VALUE);
    }

    private Draft draft(Condition.Performed condition) {
        long window = condition.withinMillis() == null ? Leaf.EVER : condition.withinMillis();
        Draft draft = draft(LeafKeys.of(condition), condition.fact(), condition.where(), window);
        thresholds(condition).forEach(draft::remember);
        return draft;
    }

    private Draft draft(Sequence sequence) {
        long key = LeafKeys.of(sequence);
        sequences.put(key, sequence);
        Draft draft = draft(key, null, null, sequence.withinMillis());
        draft.remember(1);
        return draft;
    }

    private Draft draft(long key, @Nullable String fact, @Nullable Predicate where, long window) {
        return leaves.computeIfAbsent(key, k -> new Draft(leaves.size(), key, fact, where, window));
    }

    /** Sees to it that what a rule will ask for is counted already; answers nothing. */
    private void anticipate(Condition condition) {
        if (condition instanceof Condition.All all) {
            all.parts().forEach(this::anticipate);
        } else if (condition instanceof Condition.Any any) {
            any.parts().forEach(this::anticipate);
        } else if (condition instanceof Condition.Not not) {
            anticipate(not.part());
        } else if (condition instanceof Condition.Performed performed) {
            draft(performed);
        } else if (condition instanceof Condition.Followed followed) {
            draft(followed.sequence());
        }
        // Profile, other segments and risk are what they are at the instant: nothing has to be known from before.
    }

    private Node profile(Condition.Profile condition, Uses uses) {
        ProfileDraft draft = profiles.computeIfAbsent(
                LeafKeys.of(condition), k -> new ProfileDraft(profiles.size(), condition.predicate(), new TreeSet<>()));
        draft.segments.add(uses.segment);
        return new Node.Profile(draft.index);
    }

    private Node member(String segment, Uses uses) {
        Integer index = indexes.get(segment);
        if (index == null) {
            return new Node.Nobody();
        }
        dependents.get(index).add(uses.segment);
        uses.segments.add(index);
        return new Node.Member(index);
    }

    List<CompiledSegment> segments() {
        return segments.stream()
                .map(segment -> new CompiledSegment(
                        segment.index(),
                        segment.rule(),
                        segment.stateKey(),
                        segment.when(),
                        ints(dependents.get(segment.index())),
                        segment.leaves(),
                        segment.segments()))
                .toList();
    }

    List<Leaf> leaves() {
        return leaves.values().stream().map(Draft::leaf).toList();
    }

    List<ProfileLeaf> profiles() {
        List<ProfileLeaf> compiled = new ArrayList<>();
        profiles.forEach((key, draft) -> compiled.add(new ProfileLeaf(key, draft.predicate, ints(draft.segments))));
        return compiled;
    }

    Map<Long, Sequence> sequences() {
        return Map.copyOf(sequences);
    }

    int[] riskSegments() {
        return ints(riskSegments);
    }

    private static int[] ints(TreeSet<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
