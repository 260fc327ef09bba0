package dev.tideline.job.cep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The sources of a world's arrivals, which flow up to a mark that the test moves: so that a job is in the middle of the stream
 * when it is stopped, however fast it is. They go on from where a checkpoint saw them.
 *
 * <p>One per run, found by the run's name, since the job runs in this process.
 */
final class Tap {
    /** After so many arrivals time is told to have moved. */
    private static final int WATERMARK_EVERY = 5;

    private static final Map<String, Tap> KNOWN = new ConcurrentHashMap<>();

    private final long[] positions = new long[World.SOURCES];
    private final List<CompletableFuture<Void>> thirsty = new ArrayList<>();
    private long mark;

    private Tap() {}

    static Tap of(String run) {
        return KNOWN.computeIfAbsent(run, any -> new Tap());
    }

    static void forget() {
        KNOWN.clear();
    }

    /** Lets so many arrivals through, counted over all sources from the beginning. */
    synchronized void open(long arrivals) {
        mark = arrivals / World.SOURCES;
        thirsty.forEach(waiting -> waiting.complete(null));
        thirsty.clear();
    }

    /** How many have come through. */
    synchronized long passed() {
        long passed = 0;
        for (long position : positions) {
            passed += position;
        }
        return passed;
    }

    private synchronized CompletionStage<Void> next(int source) {
        if (positions[source] < mark) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        thirsty.add(waiting);
        return waiting;
    }

    private synchronized void at(int source, long position) {
        positions[source] = position;
    }

    /** The numbers of a world's items in the order of their arrival, from all sources. */
    static DataStream<Integer> flow(StreamExecutionEnvironment environment, String run, long seed) {
        DataStream<Integer> all = null;
        for (int source = 0; source < World.SOURCES; source++) {
            DataStream<Integer> one = source(environment, run, seed, source);
            all = all == null ? one : all.union(one);
        }
        return java.util.Objects.requireNonNull(all);
    }

    private static DataStream<Integer> source(
            StreamExecutionEnvironment environment, String run, long seed, int source) {
        long items = (World.of(seed).size() - source + World.SOURCES - 1) / World.SOURCES;
        DataGeneratorSource<Integer> numbers = new DataGeneratorSource<>(
                position -> {
                    Tap.of(run).at(source, position + 1);
                    return (int) (position * World.SOURCES + source);
                },
                items,
                new Mark(run, source),
                Types.INT);
        WatermarkStrategy<Integer> times = WatermarkStrategy.<Integer>forGenerator(any -> new Times(seed))
                .withTimestampAssigner(
                        (number, before) -> World.of(seed).item(number).millis());
        return environment
                .fromSource(numbers, times, "source " + source)
                .uid("source-" + source)
                .setParallelism(1);
    }

    private record Mark(String run, int source) implements RateLimiterStrategy<NumberSequenceSplit> {
        @Override
        public RateLimiter<NumberSequenceSplit> createRateLimiter(int parallelism) {
            return new RateLimiter<>() {
                @Override
                public CompletionStage<Void> acquire(int arrivals) {
                    return Tap.of(run).next(source);
                }

                @Override
                public void notifyAddingSplit(NumberSequenceSplit split) {
                    Tap.of(run).at(source, split.from());
                }
            };
        }
    }

    private static final class Times implements WatermarkGenerator<Integer> {
        private final World world;
        private long latest = Long.MIN_VALUE;
        private int arrivals;

        Times(long seed) {
            world = World.of(seed);
        }

        @Override
        public void onEvent(Integer number, long millis, WatermarkOutput output) {
            latest = Math.max(latest, world.item(number).millis());
            arrivals++;
            if (arrivals % WATERMARK_EVERY == 0) {
                output.emitWatermark(new Watermark(latest
                        - World.DISORDER.toMillis()
                        - Duration.ofMillis(1).toMillis()));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}
