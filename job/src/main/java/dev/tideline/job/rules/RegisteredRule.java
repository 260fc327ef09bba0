package dev.tideline.job.rules;

import dev.tideline.job.rules.RuleStatus.Running;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.RuleSet;
import dev.tideline.patterns.rule.SegmentRule;
import java.util.Set;

/**
 * A rule that is in force or waits, read once.
 *
 * @param number of the revision that brought it into force; 0 from the start, or while it waits
 * @param effectiveMillis it holds for facts at or after this instant
 * @param references the ids of the segments that it names
 * @param fromFile whether it came from a file, and goes with it
 */
record RegisteredRule(
        Rule rule, String json, long number, long effectiveMillis, Set<String> references, boolean fromFile) {
    static RegisteredRule of(Rule rule, String json, long number, long effectiveMillis, boolean fromFile) {
        return new RegisteredRule(rule, json, number, effectiveMillis, Set.copyOf(RuleSet.references(rule)), fromFile);
    }

    String key() {
        return rule.header().key();
    }

    int version() {
        return rule.version();
    }

    boolean live() {
        return rule.header().enabled() && !rule.header().shadow();
    }

    boolean liveSegment() {
        return rule instanceof SegmentRule && live();
    }

    RuleRevision revision() {
        return new RuleRevision(number, key(), json, effectiveMillis);
    }

    Running running() {
        return new Running(version(), json);
    }

    RegisteredRule inForce(long newNumber, long fromMillis) {
        return new RegisteredRule(rule, json, newNumber, fromMillis, references, fromFile);
    }
}
