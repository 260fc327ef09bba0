package dev.tideline.job.history;

import dev.tideline.job.rules.RuleRevision;
import dev.tideline.job.step.Step;
import dev.tideline.patterns.fact.Arrival;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The way of a revision from the gate to those who follow persons: past the one who reads history. */
public final class Histories {
    private Histories() {}

    /**
     * Wires the step.
     *
     * @param time a stream with the event time that persons go by; its records are left aside
     * @param revisions as the gate numbered them
     * @param fromTheStart the rules that hold from before the first event
     */
    public static Recollection wire(
            DataStream<Arrival> time,
            DataStream<RuleRevision> revisions,
            List<RuleRevision> fromTheStart,
            HistoryOptions options) {
        DataStream<Arrival> alone = Step.HISTORY_TIME.mark(time.filter(arrival -> false));
        SingleOutputStreamOperator<Arrival> recalled = Step.HISTORY
                .mark(alone.global()
                        .connect(revisions.global())
                        .transform(
                                Step.HISTORY.title(),
                                TypeInformation.of(Arrival.class),
                                new HistoryOperator(fromTheStart, options)))
                .setParallelism(1)
                .setMaxParallelism(1);
        return new Recollection(
                recalled,
                recalled.getSideOutput(HistoryOperator.REVISIONS),
                recalled.getSideOutput(HistoryOperator.REPORTS));
    }
}
