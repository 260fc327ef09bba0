package dev.tideline.job.rules;

import dev.tideline.job.step.Step;
import dev.tideline.patterns.fact.RuleRecord;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
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
                .mark(withThoseFromTheStart(records, fromTheStart).global().process(new RuleGate(fromTheStart)))
                .setParallelism(1)
                .setMaxParallelism(1);
        return new Ruled(revisions, revisions.getSideOutput(RuleGate.STATUS));
    }

    /** The gate has them already; they pass it for its word on them to be heard like that on any other rule. */
    private static DataStream<RuleRecord> withThoseFromTheStart(
            DataStream<RuleRecord> records, List<RuleRevision> fromTheStart) {
        if (fromTheStart.isEmpty()) {
            return records;
        }
        List<RuleRecord> first = fromTheStart.stream()
                .map(rule -> new RuleRecord(rule.key(), rule.json(), Instant.EPOCH))
                .toList();
        DataStream<RuleRecord> files = Step.RULE_FILES.mark(
                records.getExecutionEnvironment().fromData(first, TypeInformation.of(RuleRecord.class)));
        return records.union(files);
    }
}
