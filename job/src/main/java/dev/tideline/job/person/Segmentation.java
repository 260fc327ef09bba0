package dev.tideline.job.person;

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
    private @Nullable SegmentEngine engine;

    Segmentation(List<InForce<SegmentRule>> rules) {
        this.rules = rules;
    }

    /** Says what the rules say, in 64 bits. */
    static long fingerprint(List<InForce<SegmentRule>> rules) {
        return rules.stream().mapToLong(InForce::fingerprint).sum();
    }

    SegmentEngine engine() {
        if (engine == null) {
            engine = build();
        }
        return engine;
    }

    private SegmentEngine build() {
        try {
            return new SegmentEngine(rules.stream().map(InForce::rule).toList());
        } catch (IllegalArgumentException circle) {
            return new SegmentEngine(withoutCircles());
        }
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
