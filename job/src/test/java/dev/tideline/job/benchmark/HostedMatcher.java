package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleReader;
import dev.tideline.patterns.sequence.Match;
import dev.tideline.patterns.sequence.Outcome;
import dev.tideline.patterns.sequence.SequenceMatcher;
import dev.tideline.patterns.sequence.SequenceState;
import dev.tideline.patterns.sequence.WatchedSequence;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.util.Collector;

/**
 * Ours: any number of patterns, as documents with predicates in CEL, in one function.
 *
 * <p>Owns: per user what {@link SequenceState} names · Lifecycle: each partial match goes at the end of its window · Never: a
 * pattern known when the job is built.
 */
final class HostedMatcher extends InOrder<SequenceState> {
    private static final long serialVersionUID = 1L;

    private final String rules;

    private transient SequenceMatcher matcher;

    /**
     * Makes the function.
     *
     * @param rules YAML documents
     */
    HostedMatcher(String rules) {
        this.rules = rules;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        matcher = new SequenceMatcher();
        Reading reading = RuleReader.read("benchmark", rules);
        if (!reading.problems().isEmpty()) {
            throw new IllegalArgumentException(reading.problems().toString());
        }
        matcher.watch(reading.rules().stream()
                .map(rule -> WatchedSequence.of((PatternRule) rule))
                .toList());
    }

    @Override
    TypeSerializer<SequenceState> serializer() {
        return SequenceState.serializer();
    }

    @Override
    boolean concerns(Fact fact) {
        return matcher.watches(fact.kind());
    }

    @Override
    void accept(SequenceState state, Fact fact, Collector<Long> out) {
        tell(matcher.accept(state, fact, UserProfile.UNKNOWN), out);
    }

    @Override
    void advance(SequenceState state, long toMillis, Collector<Long> out) {
        tell(matcher.advance(state, toMillis), out);
    }

    private static void tell(Outcome outcome, Collector<Long> out) {
        if (outcome == Outcome.NOTHING) {
            return;
        }
        for (Match match : outcome.matches()) {
            out.collect(Found.fingerprint(match.key(), match.steps()));
        }
        if (!outcome.losses().isEmpty()) {
            throw new IllegalStateException("partial matches were lost: " + outcome.losses());
        }
    }

    @Override
    long due(SequenceState state) {
        return matcher.nextDue(state).orElse(Long.MAX_VALUE);
    }

    @Override
    boolean isEmpty(SequenceState state) {
        return state.isEmpty();
    }
}
