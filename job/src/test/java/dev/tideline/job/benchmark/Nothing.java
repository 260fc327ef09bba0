package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Takes facts by user and does nothing with them. */
final class Nothing extends KeyedProcessFunction<String, Fact, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Fact fact, Context context, Collector<Long> out) {}
}
