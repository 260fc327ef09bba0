package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.util.Collector;

/** Puts facts in their order and looks for nothing: what order alone costs. */
final class OrderAlone extends InOrder<LastTwoMoods> {
    private static final long serialVersionUID = 1L;

    @Override
    TypeSerializer<LastTwoMoods> serializer() {
        return new LastTwoMoods.Serializer();
    }

    @Override
    boolean concerns(Fact fact) {
        return true;
    }

    @Override
    void accept(LastTwoMoods state, Fact fact, Collector<Long> out) {}

    @Override
    void advance(LastTwoMoods state, long toMillis, Collector<Long> out) {}

    @Override
    long due(LastTwoMoods state) {
        return Long.MAX_VALUE;
    }

    @Override
    boolean isEmpty(LastTwoMoods state) {
        return true;
    }
}
