package dev.tideline.job.person;

import dev.tideline.patterns.fact.Fingerprint;
import dev.tideline.patterns.rule.RuleSet;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.segment.SegmentEngine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segment rules that are in force together, and their engine, built when a user first needs it. For one thread. */
final class Segmentation {
    private final List<InForce<SegmentRule>> rules;
    private final List<InForce<SegmentRule>> coming;
    private final List<SegmentRule> tried;
    private @Nullable SegmentEngine engine;

    /** @param coming those that will hold later, where that is known: what they ask for is counted already */
    Segmentation(List<InForce<SegmentRule>> rules, List<InForce<SegmentRule>> coming) {
        this.rules = rules;
        this.coming = coming;
        tried = rules.stream()
                .map(InForce::rule)
                .filter(rule -> rule.header().shadow())
                .toList();
    }

    /** Says what the rules say, and those to come, in 64 bits. */
    static long fingerprint(List<InForce<SegmentRule>> rules, List<InForce<SegmentRule>> coming) {
        return rules.stream().mapToLong(InForce::fingerprint).sum()
                + coming.stream()
                        .mapToLong(rule -> Fingerprint.bits("coming", rule.fingerprint()))
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
            return new SegmentEngine(rules(rules), rules(coming));
        } catch (IllegalArgumentException circle) {
            return new SegmentEngine(withoutCircles(), rules(coming));
        }
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
