package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The same way for every contender: Flink in this process, one task, one thread from the source through to the sink. Facts are
 * keyed by user, and are not sent through a network that is the same for all.
 */
final class Track {
    private static final int FACTS_PER_WATERMARK = 1000;

    private Track() {}

    /** Somebody who finds patterns in facts. */
    @FunctionalInterface
    interface Contender {
        DataStream<Long> find(KeyedStream<Fact, String> facts);
    }

    /** Lets a contender go through all facts. */
    static Lap run(List<Fact> facts, String stateBackend, Contender contender) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        configuration.set(StateBackendOptions.STATE_BACKEND, stateBackend);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        environment.getConfig().enableObjectReuse();
        Lap lap = Lap.begin(facts);
        DataStream<Fact> stream = environment
                .fromSource(
                        new NumberSequenceSource(0, facts.size() - 1L),
                        WatermarkStrategy.<Long>forGenerator(context -> new EveryThousandFacts())
                                .withTimestampAssigner((number, before) ->
                                        Lap.current().fact(number).millis()),
                        "facts",
                        Types.LONG)
                .map(number -> Lap.current().fact(number))
                .returns(TypeInformation.of(Fact.class));
        contender.find(keyed(stream)).sinkTo(new LapSink());
        environment.execute();
        return lap;
    }

    /** By user, in the thread that they are in. */
    static KeyedStream<Fact, String> keyed(DataStream<Fact> facts) {
        return DataStreamUtils.reinterpretAsKeyedStream(facts, Fact::user, Types.STRING);
    }

    /** Periodic watermarks go by the wall clock, and would differ between the runs. */
    private static final class EveryThousandFacts implements WatermarkGenerator<Long> {
        private long latest = Long.MIN_VALUE;
        private int facts;

        @Override
        public void onEvent(Long number, long timestamp, WatermarkOutput output) {
            latest = Math.max(latest, timestamp);
            facts++;
            if (facts % FACTS_PER_WATERMARK == 0) {
                output.emitWatermark(new Watermark(
                        latest - Duration.ofMillis(FactTraffic.DISORDER_MILLIS).toMillis() - 1));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}
