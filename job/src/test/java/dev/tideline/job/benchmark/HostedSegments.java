package dev.tideline.job.benchmark;

import dev.tideline.job.person.SegmentStateSerializer;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleReader;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.segment.SegmentChanges;
import dev.tideline.patterns.segment.SegmentEngine;
import dev.tideline.patterns.segment.SegmentInstant;
import dev.tideline.patterns.segment.SegmentState;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.util.Collector;

/**
 * The engine in the thinnest function that is exact: facts in the order of event time, one value and one timer a user.
 *
 * <p>Owns: per user what {@link SegmentState} names · Lifecycle: with the user · Never: a segment known when the job is
 * built.
 */
final class HostedSegments extends InOrder<SegmentState> {
    private static final long serialVersionUID = 1L;

    private final String rules;
    private final long until;

    private transient SegmentEngine engine;

    /**
     * Makes the function.
     *
     * @param rules YAML documents
     * @param until time goes no further (epoch milliseconds)
     */
    HostedSegments(String rules, long until) {
        this.rules = rules;
        this.until = until;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        engine = engine(rules);
    }

    /** The engine of the documents. */
    static SegmentEngine engine(String documents) {
        Reading reading = RuleReader.read("benchmark", documents);
        if (!reading.problems().isEmpty()) {
            throw new IllegalArgumentException(reading.problems().toString());
        }
        return new SegmentEngine(
                reading.rules().stream().map(rule -> (SegmentRule) rule).toList());
    }

    @Override
    TypeSerializer<SegmentState> serializer() {
        return new SegmentStateSerializer();
    }

    @Override
    boolean concerns(Fact fact) {
        return engine.counts(fact.kind());
    }

    @Override
    void accept(SegmentState state, Fact fact, Collector<Long> out) {
        tell(changes(engine, state, fact), out);
    }

    /** What a fact changes. */
    static SegmentChanges changes(SegmentEngine engine, SegmentState state, Fact fact) {
        SegmentInstant instant = engine.open(state.of(fact.user()), fact.millis());
        instant.take(fact, UserProfile.UNKNOWN);
        return instant.settle();
    }

    @Override
    void advance(SegmentState state, long toMillis, Collector<Long> out) {
        tell(engine.advance(state, Math.min(toMillis, until)), out);
    }

    private static void tell(SegmentChanges changes, Collector<Long> out) {
        for (SegmentChange change : changes.live()) {
            out.collect(print(change));
        }
    }

    /** A number that is the same for the same change. */
    static long print(SegmentChange change) {
        return Long.parseUnsignedLong(change.id().substring(0, 16), 16);
    }

    @Override
    long due(SegmentState state) {
        long due = engine.nextDue(state).orElse(Long.MAX_VALUE);
        return due > until ? Long.MAX_VALUE : due;
    }

    @Override
    boolean isEmpty(SegmentState state) {
        return !state.exists();
    }
}
