package dev.tideline.job.rules;

import dev.tideline.job.step.Step;
import dev.tideline.patterns.fact.RuleRecord;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The way of a rule: from its record to revisions that every task takes over. */
public final class RuleGates {
    private RuleGates() {}

    /**
     * Wires the gate.
     *
     * @param records rules as they came
     * @param fromTheStart the rules that hold from before the first event
     */
    public static Ruled wire(DataStream<RuleRecord> records, List<RuleRevision> fromTheStart) {
        SingleOutputStreamOperator<RuleRevision> revisions = Step.RULE_GATE
                .mark(records.global().process(new RuleGate(fromTheStart)))
                .setParallelism(1)
                .setMaxParallelism(1);
        return new Ruled(revisions, revisions.getSideOutput(RuleGate.STATUS));
    }
}
