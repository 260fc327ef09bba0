package dev.tideline.job.person;

import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Result;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;

/** One task of the person stage on the operator harness and on any state backend, and what it keeps. */
public final class PersonTask implements AutoCloseable {
    private static final MapStateDescriptor<String, RuleVersion> VERSIONS =
            new MapStateDescriptor<>("rule-versions", String.class, RuleVersion.class);

    private final KeyedBroadcastOperatorTestHarness<String, Arrival, RuleRevision, Result> harness;

    /** Starts the task with rules that hold from before the first event. */
    public PersonTask(List<RuleRevision> fromTheStart, PersonOptions options, StateBackend backend) throws Exception {
        harness = new KeyedBroadcastOperatorTestHarness<>(
                new PersonOperator(new PersonFunction(fromTheStart, options)), Arrival::user, Types.STRING, 128, 1, 0);
        harness.setStateBackend(backend);
        harness.open();
    }

    /** Something arrives. */
    public void comes(Arrival arrival) throws Exception {
        harness.processElement(arrival, arrival.at().toEpochMilli());
    }

    /** A change to the rules arrives. */
    public void rule(RuleRevision revision) throws Exception {
        harness.processBroadcastElement(revision, revision.effectiveMillis());
    }

    /** Event time comes to the instant (epoch milliseconds). */
    public void timeIs(long millis) throws Exception {
        harness.watermark(millis);
    }

    /** How many users have something in the state: {@code detection}, {@code timeline} and so on. */
    public long users(String state) {
        AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
        try (Stream<String> users = operator.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
            return users.count();
        }
    }

    /** How many versions of rules there are in state. */
    public int ruleVersions() throws Exception {
        AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
        int versions = 0;
        for (var ignored :
                operator.getOperatorStateBackend().getBroadcastState(VERSIONS).entries()) {
            versions++;
        }
        return versions;
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
