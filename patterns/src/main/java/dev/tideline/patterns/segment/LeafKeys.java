package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fingerprint;
import dev.tideline.patterns.rule.Condition;
import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of leaves by what they say, in 64 bits. A leaf that a new version of a rule leaves as it was keeps its name, and so
 * its history; bounds are not part of it, so that "at least 3" and "at most 1" of the same facts share one history.
 */
final class LeafKeys {
    private LeafKeys() {}

    static long of(Condition.Performed leaf) {
        return Fingerprint.bits("performed", leaf.fact(), source(leaf.where()), String.valueOf(leaf.withinMillis()));
    }

    static long of(Condition.Profile leaf) {
        return Fingerprint.bits("profile", leaf.predicate().source());
    }

    static long of(Sequence sequence) {
        List<Object> parts = new ArrayList<>(List.of("sequence", sequence.withinMillis()));
        for (Sequence.Step step : sequence.steps()) {
            parts.addAll(List.of(
                    step.name(),
                    step.contiguity(),
                    step.on(),
                    source(step.where()),
                    step.from(),
                    String.valueOf(step.to()),
                    step.optional(),
                    step.greedy(),
                    step.consecutive(),
                    source(step.until())));
        }
        return Fingerprint.bits(parts.toArray());
    }

    /** A predicate's text, marked so that none is not the same as an empty one. */
    private static String source(@Nullable Predicate predicate) {
        return predicate == null ? "-" : "=" + predicate.source();
    }
}
