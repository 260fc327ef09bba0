package dev.tideline.job.person;

import dev.tideline.patterns.fact.Fingerprint;
import dev.tideline.patterns.rule.RuleSet;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.segment.SegmentEngine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The segment rules that are in force together, and their engine, built when a user first needs it. For one thread. */
final class Segmentation {
    private final List<InForce<SegmentRule>> rules;
    private final List<InForce<SegmentRule>> coming;
    private final List<SegmentRule> tried;
    private final List<InForce<SegmentRule>> held;
    private @Nullable SegmentEngine engine;
    private @Nullable SegmentEngine counting;

    /**
     * Puts them together.
     *
     * @param coming those that will hold later, where that is known: what they ask for is counted already
     * @param held those that would be in force but for the history that they, or segments that they refer to, wait for
     */
    Segmentation(List<InForce<SegmentRule>> rules, List<InForce<SegmentRule>> coming, List<InForce<SegmentRule>> held) {
        this.rules = rules;
        this.coming = coming;
        tried = rules.stream()
                .map(InForce::rule)
                .filter(rule -> rule.header().shadow())
                .toList();
        this.held = held;
    }

    /** Says what the rules say, and those to come, in 64 bits. */
    static long fingerprint(
            List<InForce<SegmentRule>> rules, List<InForce<SegmentRule>> coming, List<InForce<SegmentRule>> held) {
        return rules.stream().mapToLong(InForce::fingerprint).sum()
                + coming.stream()
                        .mapToLong(rule -> Fingerprint.bits("coming", rule.fingerprint()))
                        .sum()
                + held.stream()
                        .mapToLong(rule -> Fingerprint.bits("held", rule.fingerprint()))
                        .sum();
    }

    /** The versions that are only tried out. */
    List<SegmentRule> tried() {
        return tried;
    }

    SegmentEngine engine() {
        if (engine == null) {
            engine = build();
        }
        return engine;
    }

    private SegmentEngine build() {
        try {
            return new SegmentEngine(rules(rules), rules(coming), Set.copyOf(heldIds()));
        } catch (IllegalArgumentException circle) {
            return new SegmentEngine(withoutCircles(), rules(coming), Set.copyOf(heldIds()));
        }
    }

    /** Ids of the segments that say nothing yet. */
    List<String> heldIds() {
        return held.stream().map(segment -> segment.rule().id()).toList();
    }

    /** Numbers of the revisions whose history is still to come. */
    List<Long> awaited() {
        return held.stream().filter(InForce::waits).map(InForce::number).toList();
    }

    /** Whether some segment would count facts of the kind, or look for sequences with them, if history had come. */
    boolean concerns(String kind) {
        SegmentEngine all = counting;
        if (all == null) {
            List<SegmentRule> together = new ArrayList<>(rules(rules));
            together.addAll(rules(held));
            all = new SegmentEngine(List.of(), together);
            counting = all;
        }
        return all.counts(kind) || isInSequence(all, kind);
    }

    private static boolean isInSequence(SegmentEngine all, String kind) {
        return all.sequences().stream().anyMatch(sequence -> sequence.kinds().contains(kind));
    }

    private static List<SegmentRule> rules(List<InForce<SegmentRule>> held) {
        return held.stream().map(InForce::rule).toList();
    }

    /**
     * The gate lets no circle in, but it takes the rules as they come; where their timestamps have another order, versions may
     * hold together that never met there. Then those stay out that came later and would close a circle.
     */
    private List<SegmentRule> withoutCircles() {
        List<SegmentRule> taken = new ArrayList<>();
        rules.stream()
                .sorted(Comparator.comparingLong(InForce::number))
                .map(InForce::rule)
                .filter(rule -> RuleSet.cycle(rule, taken).isEmpty())
                .forEach(taken::add);
        return taken;
    }
}
