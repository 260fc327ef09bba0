package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.rule.Condition;
import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.rule.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a segment has to know of the past, because nobody counted it until now.
 *
 * @param recalls facts that have to be read again, one entry a kind, in the order of kinds
 * @param leaves the names of the leaves that are to be filled from them
 * @param waits whether it refers, directly or not, to a segment that itself waits for history
 * @param unanswered what it asks for that history cannot say, in the words of the rule; counted from the rule's instant on
 */
public record HistoryNeeds(List<Recall> recalls, Set<Long> leaves, boolean waits, List<String> unanswered) {
    private static final HistoryNeeds NOTHING = new HistoryNeeds(List.of(), Set.of(), false, List.of());

    /** Only the level of an event's mood follows from the event itself; the rest stood in state that has gone on since. */
    private static final Pattern MOOD_OF_THE_DAY = Pattern.compile("\\bmood\\b(?!\\s*\\.\\s*level\\b)");

    private static final Pattern PROFILE = Pattern.compile("\\b(user|properties)\\b");

    public HistoryNeeds {
        recalls = List.copyOf(recalls);
        leaves = Set.copyOf(leaves);
        unanswered = List.copyOf(unanswered);
    }

    /**
     * Facts of one kind.
     *
     * @param kind an event type or a derived fact's name
     * @param withinMillis how far back from the rule's instant a fact's own time may lie to count; null = ever
     * @param profile whether the user's profile at the fact's instant is asked for
     * @param inOrder whether a sequence asks, to which a fact that came late is never shown
     */
    public record Recall(String kind, @Nullable Long withinMillis, boolean profile, boolean inOrder) {
        private Recall and(Recall other) {
            Long farther = withinMillis == null || other.withinMillis == null
                    ? null
                    : Long.valueOf(Math.max(withinMillis, other.withinMillis));
            return new Recall(kind, farther, profile || other.profile, inOrder || other.inOrder);
        }
    }

    /** Whether the version has to wait: history must be read for it, or for a segment that it refers to. */
    public boolean any() {
        return waits || !leaves.isEmpty();
    }

    /**
     * What a version needs.
     *
     * @param rule which comes
     * @param before the segments that were in force until then, whatever their id; those that waited for history themselves
     *     are left out, for nobody had counted for them yet
     * @param waiting ids of segments that wait for history now
     */
    public static HistoryNeeds of(SegmentRule rule, Collection<SegmentRule> before, Set<String> waiting) {
        if (!rule.header().enabled()) {
            return NOTHING;
        }
        Counted counted = new Counted();
        before.stream().filter(known -> known.header().enabled()).forEach(known -> counted.add(known.when()));
        Asked asked = new Asked(counted);
        asked.add(rule.when());
        Set<String> held = waitingToo(before, waiting);
        boolean waits = References.of(rule.when()).stream().anyMatch(held::contains);
        return new HistoryNeeds(List.copyOf(asked.recalls.values()), asked.leaves, waits, asked.unanswered);
    }

    /** The segments that wait for history, and with them all that refer to one of them, directly or not. */
    public static Set<String> waitingToo(Collection<SegmentRule> rules, Set<String> waiting) {
        Set<String> all = new TreeSet<>(waiting);
        boolean more = !waiting.isEmpty();
        while (more) {
            more = false;
            for (SegmentRule rule : rules) {
                boolean refers = rule.header().enabled()
                        && References.of(rule.when()).stream().anyMatch(all::contains);
                more |= refers && all.add(rule.id());
            }
        }
        return all;
    }

    /** The leaves of a condition, each as it stands there. */
    private interface Leaves {
        void performed(Condition.Performed leaf);

        void followed(Sequence sequence);

        default void add(Condition condition) {
            if (condition instanceof Condition.All all) {
                all.parts().forEach(this::add);
            } else if (condition instanceof Condition.Any any) {
                any.parts().forEach(this::add);
            } else if (condition instanceof Condition.Not not) {
                add(not.part());
            } else if (condition instanceof Condition.Performed performed) {
                performed(performed);
            } else if (condition instanceof Condition.Followed followed) {
                followed(followed.sequence());
            }
        }
    }

    /** The most that is remembered of a leaf. */
    private static long capacity(Condition.Performed leaf) {
        Integer atMost = leaf.atMost();
        return leaf.withinMillis() == null ? 0 : Math.max(leaf.atLeast(), atMost == null ? 0 : atMost + 1L);
    }

    private static final class Counted implements Leaves {
        final Map<Long, Long> capacities = new LinkedHashMap<>();

        @Override
        public void performed(Condition.Performed leaf) {
            capacities.merge(LeafKeys.of(leaf), capacity(leaf), Math::max);
        }

        @Override
        public void followed(Sequence sequence) {
            capacities.put(LeafKeys.of(sequence), 1L);
        }

        boolean has(long key, long capacity) {
            Long kept = capacities.get(key);
            return kept != null && kept >= capacity;
        }
    }

    private static final class Asked implements Leaves {
        final Map<String, Recall> recalls = new TreeMap<>();
        final Set<Long> leaves = new TreeSet<>();
        final List<String> unanswered = new ArrayList<>();
        private final Counted counted;

        Asked(Counted counted) {
            this.counted = counted;
        }

        @Override
        public void performed(Condition.Performed leaf) {
            if (counted.has(LeafKeys.of(leaf), capacity(leaf))) {
                return;
            }
            Predicate where = leaf.where();
            if (isAnswered(leaf.fact(), where)) {
                leaves.add(LeafKeys.of(leaf));
                need(new Recall(leaf.fact(), leaf.withinMillis(), asksProfile(where), false));
            } else {
                unanswered.add("performed " + leaf.fact() + " where " + where);
            }
        }

        @Override
        public void followed(Sequence sequence) {
            if (counted.has(LeafKeys.of(sequence), 1)) {
                return;
            }
            for (Sequence.Step step : sequence.steps()) {
                if (!isAnswered(step.on(), step.where()) || !isAnswered(step.on(), step.until())) {
                    unanswered.add("sequence with step " + step.name() + " on " + step.on());
                    return;
                }
            }
            leaves.add(LeafKeys.of(sequence));
            for (Sequence.Step step : sequence.steps()) {
                boolean profile = asksProfile(step.where()) || asksProfile(step.until());
                need(new Recall(step.on(), sequence.withinMillis(), profile, true));
            }
        }

        private void need(Recall recall) {
            recalls.merge(recall.kind(), recall, Recall::and);
        }

        private static boolean isAnswered(String kind, @Nullable Predicate predicate) {
            return predicate == null
                    || kind.equals(Fact.Derived.MOOD_DAY)
                    || !MOOD_OF_THE_DAY.matcher(predicate.source()).find();
        }

        private static boolean asksProfile(@Nullable Predicate predicate) {
            return predicate != null && PROFILE.matcher(predicate.source()).find();
        }
    }
}
