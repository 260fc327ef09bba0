package dev.tideline.job.person;

import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Result;
import java.util.List;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs {@link PersonFunction}, and says which rules the task has as soon as it starts. A function cannot: it has nowhere to say
 * it before something comes, and on a quiet stream nothing does.
 */
final class PersonOperator extends CoBroadcastWithKeyedOperator<String, Arrival, RuleRevision, Result> {
    private static final long serialVersionUID = 1L;

    private final PersonFunction function;

    PersonOperator(PersonFunction function) {
        super(function, List.of());
        this.function = function;
    }

    @Override
    public void open() throws Exception {
        super.open();
        output.collect(PersonFunction.REPORTS, new StreamRecord<>(function.taken()));
    }
}
