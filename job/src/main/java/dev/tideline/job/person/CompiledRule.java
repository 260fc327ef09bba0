package dev.tideline.job.person;

import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.Fingerprint;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.RuleReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rule, compiled once for all tasks of a process: reading a document costs milliseconds, and a change to one rule must not
 * cost that for all of them.
 *
 * <p>Owns: the {@value #MOST} documents asked for last, shared by all threads · Lifecycle: with the process · Never: a rule
 * that can change.
 *
 * @param fingerprint 64 bits of what the document says
 */
record CompiledRule(Rule rule, long fingerprint) {
    private static final int MOST = 2_048;
    private static final Map<RuleRevision, CompiledRule> KNOWN = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RuleRevision, CompiledRule> eldest) {
            return size() > MOST;
        }
    };

    /**
     * The rule of a revision that is no removal.
     *
     * @throws IllegalStateException if it cannot be read; the gate lets no such rule through
     */
    static CompiledRule of(RuleRevision revision) {
        synchronized (KNOWN) {
            return KNOWN.computeIfAbsent(revision, CompiledRule::compile);
        }
    }

    private static CompiledRule compile(RuleRevision revision) {
        String json = revision.json();
        Reading reading = json == null
                ? Reading.EMPTY
                : RuleReader.readJson(revision.key(), json, Instant.ofEpochMilli(revision.effectiveMillis()));
        if (json == null || reading.rules().size() != 1) {
            throw new IllegalStateException("an accepted rule cannot be read: " + reading.problems());
        }
        return new CompiledRule(reading.rules().get(0), Fingerprint.bits(revision.key(), json));
    }
}
