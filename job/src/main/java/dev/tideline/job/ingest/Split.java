package dev.tideline.job.ingest;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.RuleRecord;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Parts rules and dead letters from what concerns a person.
 *
 * <p>Owns: nothing. Lifecycle: none. Never: looks inside.
 */
final class Split extends ProcessFunction<Arrival, Arrival> {
    private static final long serialVersionUID = 1L;

    static final OutputTag<RuleRecord> RULES = new OutputTag<>("rules", TypeInformation.of(RuleRecord.class));
    static final OutputTag<DeadLetter> REFUSED = new OutputTag<>("refused", TypeInformation.of(DeadLetter.class));

    @Override
    public void processElement(Arrival arrival, Context context, Collector<Arrival> out) {
        switch (arrival.kind()) {
            case RULE -> context.output(RULES, Objects.requireNonNull(arrival.rule()));
            case REFUSED -> context.output(REFUSED, Objects.requireNonNull(arrival.refused()));
            case EVENT, PROFILE, PRIVACY, ACTION -> out.collect(arrival);
            case SESSION, RECALLED ->
                throw new IllegalStateException("no " + arrival.kind() + " comes in from outside");
        }
    }
}
