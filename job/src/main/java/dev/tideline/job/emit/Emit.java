package dev.tideline.job.emit;

import dev.tideline.job.privacy.NewDataKey;
import dev.tideline.job.rules.RuleStatus;
import dev.tideline.job.step.Step;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.Result;
import dev.tideline.patterns.fact.SegmentChange;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The way out: alerts at once, segment changes exactly once, and everything into the ledger. */
public final class Emit {
    private Emit() {}

    /**
     * What is to go out.
     *
     * @param results for the ledger
     * @param keys data keys that were made
     * @param refused on the way in, or by a person's alerts
     */
    public record Outgoing(
            DataStream<Result> results,
            DataStream<AlertMessage> alerts,
            DataStream<SegmentChange> changes,
            DataStream<RuleStatus> ruleStatus,
            DataStream<NewDataKey> keys,
            DataStream<DeadLetter> refused) {}

    /** Wires the stage. */
    public static void wire(Outgoing outgoing, Outlets outlets) {
        Step.ALERTS.mark(outgoing.alerts().sinkTo(outlets.alerts()));
        Step.SEGMENT_CHANGES.mark(outgoing.changes().sinkTo(outlets.segmentChanges()));
        // One writer: of a rule the last word counts.
        Step.RULE_STATUS
                .mark(outgoing.ruleStatus().sinkTo(outlets.ruleStatus()))
                .setParallelism(1);
        DataStream<DeadLetter> refusedByStore =
                outlets.ledger().keep(outgoing.results(), outgoing.changes(), outgoing.keys(), outgoing.ruleStatus());
        DataStream<DeadLetter> refused =
                refusedByStore == null ? outgoing.refused() : outgoing.refused().union(refusedByStore);
        Step.DEAD_LETTERS.mark(refused.sinkTo(outlets.deadLetters()));
    }
}
