package dev.tideline.job.person;

import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.RuleReader;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The documents of the rules in force, as revision after revision leaves them. */
final class RuleSource {
    private final Map<String, RuleRevision> byKey = new TreeMap<>();
    private long number;

    RuleSource(Collection<RuleRevision> fromTheStart) {
        fromTheStart.forEach(this::take);
    }

    void take(RuleRevision revision) {
        byKey.put(revision.key(), revision);
        number = Math.max(number, revision.number());
    }

    long number() {
        return number;
    }

    /** The rules, compiled; the gate has let none through that cannot be. */
    List<Rule> rules() {
        return byKey.values().stream()
                .filter(revision -> revision.json() != null)
                .map(RuleSource::compiled)
                .toList();
    }

    private static Rule compiled(RuleRevision revision) {
        String json = revision.json();
        Reading reading = json == null
                ? Reading.EMPTY
                : RuleReader.readJson(revision.key(), json, Instant.ofEpochMilli(revision.effectiveMillis()));
        if (reading.rules().size() != 1) {
            throw new IllegalStateException("an accepted rule cannot be read: " + reading.problems());
        }
        return reading.rules().get(0);
    }
}
