package dev.tideline.job.person;

import dev.tideline.job.rules.RuleRevision;
import dev.tideline.job.step.Step;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Result;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Follows each person: facts, signals, alerts and segments, in the order of event time. */
public final class Persons {
    private Persons() {}

    /**
     * Wires the stage.
     *
     * @param arrivals scored events, sessions, profile patches, privacy requests, staff actions
     * @param revisions changes to the rules, in their order
     * @param fromTheStart the rules that hold from before the first event
     */
    public static Followed wire(
            DataStream<Arrival> arrivals,
            DataStream<RuleRevision> revisions,
            List<RuleRevision> fromTheStart,
            PersonOptions options) {
        SingleOutputStreamOperator<Result> results = Step.PERSON.mark(arrivals.keyBy(Arrival::user)
                .connect(revisions.broadcast())
                .transform(
                        Step.PERSON.title(),
                        TypeInformation.of(Result.class),
                        new PersonOperator(new PersonFunction(fromTheStart, options))));
        return new Followed(
                results,
                results.getSideOutput(PersonFunction.ALERTS),
                results.getSideOutput(PersonFunction.CHANGES),
                results.getSideOutput(PersonFunction.REFUSED),
                results.getSideOutput(PersonFunction.REPORTS));
    }
}
