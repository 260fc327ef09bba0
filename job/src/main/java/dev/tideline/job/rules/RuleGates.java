package dev.tideline.job.rules;

import dev.tideline.job.step.Step;
import dev.tideline.patterns.fact.RuleRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The way of a rule: from its record or its file to revisions that every task takes over. */
public final class RuleGates {
    private RuleGates() {}

    /**
     * Wires the gate.
     *
     * @param records rules as they came by topic
     */
    public static Ruled wire(DataStream<RuleRecord> records, RuleOptions options) {
        DataStream<RuleFileNews> files = Step.RULE_FILES
                .mark(records.getExecutionEnvironment()
                        .fromSource(
                                new RuleFilesSource(options),
                                WatermarkStrategy.noWatermarks(),
                                Step.RULE_FILES.title()))
                .setParallelism(1)
                .setMaxParallelism(1);
        SingleOutputStreamOperator<RuleRevision> revisions = Step.RULE_GATE
                .mark(records.global().connect(files.global()).process(new RuleGate(options.fromTheStart())))
                .setParallelism(1)
                .setMaxParallelism(1);
        return new Ruled(revisions, revisions.getSideOutput(RuleGate.STATUS));
    }
}
