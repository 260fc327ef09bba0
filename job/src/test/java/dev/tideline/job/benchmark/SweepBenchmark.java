package dev.tideline.job.benchmark;

import dev.tideline.job.person.Followed;
import dev.tideline.job.person.PersonOptions;
import dev.tideline.job.person.Persons;
import dev.tideline.job.rules.RuleReport;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.Result;
import dev.tideline.patterns.rule.RuleReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.FileUtils;

/**
 * Measures how long it takes until a new "never did" has come to everybody, and how long an event or a checkpoint's barrier is
 * held up meanwhile: prints the table of {@code benchmarks.md}.
 */
final class SweepBenchmark {
    private static final int TASKS = 2;
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(1);

    private SweepBenchmark() {}

    /** Arguments: how many people (1000000), the state backends (hashmap,rocksdb). */
    public static void main(String[] arguments) throws Exception {
        int people = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        String backends = arguments.length > 1 ? arguments[1] : "hashmap,rocksdb";
        for (String backend : backends.split(",", -1)) {
            run(people, backend);
        }
        System.exit(0);
    }

    private static void run(int people, String backend) throws Exception {
        Path folder = Files.createTempDirectory("tideline-sweep");
        Crowd crowd = Crowd.begin(people, TASKS);
        StreamExecutionEnvironment environment = environment(folder, backend);
        define(environment, people);
        JobClient job = environment.executeAsync();
        crowd.awaitEnd();
        job.cancel().get(1, TimeUnit.MINUTES);
        FileUtils.deleteDirectory(folder.toFile());
        if (crowd.changes() < people) {
            throw new IllegalStateException(crowd.changes() + " changes of " + people);
        }
        System.out.printf(
                Locale.ROOT,
                "| %s, %,d users | %.1f s | %,.0f | %d ms | %d ms | %d ms | %d ms |%n",
                backend.equals("rocksdb") ? "RocksDB" : "heap",
                people,
                crowd.seconds(),
                people / crowd.seconds(),
                crowd.longestEvent(false),
                crowd.longestEvent(true),
                crowd.longestBarrier(false),
                crowd.longestBarrier(true));
    }

    private static StreamExecutionEnvironment environment(Path folder, String backend) {
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, TASKS);
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(TASKS, configuration);
        environment.enableCheckpointing(BETWEEN_CHECKPOINTS.toMillis());
        environment.getConfig().enableObjectReuse();
        return environment;
    }

    private static void define(StreamExecutionEnvironment environment, int people) {
        DataStream<Arrival> arrivals = environment
                .fromSource(
                        new DataGeneratorSource<>(
                                number -> Crowd.current().arrival(number),
                                people + 3_600L * Crowd.PER_SECOND,
                                new InTurn(),
                                TypeInformation.of(Arrival.class)),
                        WatermarkStrategy.<Arrival>forMonotonousTimestamps()
                                .withTimestampAssigner(
                                        (arrival, before) -> arrival.at().toEpochMilli()),
                        "arrivals")
                .setParallelism(1)
                .map(new SetsOut())
                .setParallelism(1);
        DataStream<RuleRevision> revisions = environment
                .fromSource(
                        new DataGeneratorSource<>(
                                number -> neverDid(), 1, new WhenAllCame(), TypeInformation.of(RuleRevision.class)),
                        WatermarkStrategy.<RuleRevision>forGenerator(context -> new HoldsNothingBack()),
                        "revisions")
                .setParallelism(1);
        PersonOptions options = new PersonOptions(
                false, Long.MAX_VALUE, List.of(Purpose.RISK_DETECTION, Purpose.SEGMENTATION), 1_000, false, null);
        Followed followed = Persons.wire(arrivals, revisions, List.of(), options);
        followed.results().map(new Passes()).sinkTo(new DiscardingSink<>());
        followed.changes()
                .map(change -> {
                    Crowd.current().changed();
                    return 1;
                })
                .sinkTo(new DiscardingSink<>());
        followed.reports()
                .map(report -> {
                    tell(report);
                    return 1;
                })
                .sinkTo(new DiscardingSink<>());
    }

    private static void tell(RuleReport report) {
        if (report.reached() != null && report.reached().through()) {
            Crowd.current().through(report.task());
        }
    }

    private static RuleRevision neverDid() {
        String json = RuleReader.read("benchmark", """
                        kind: segment
                        id: never-reported
                        version: 1
                        name: Has never made a report
                        when:
                          performed: report_generated
                          at_most: 0
                        """).documents().get(0).json();
        return new RuleRevision(1, "segment/never-reported", json, Crowd.CHANGE);
    }

    /** Each arrival when its turn comes. */
    private static final class InTurn implements RateLimiterStrategy<NumberSequenceSplit> {
        private static final long serialVersionUID = 1L;

        @Override
        public RateLimiter<NumberSequenceSplit> createRateLimiter(int parallelism) {
            return new RateLimiter<>() {
                private long next;

                @Override
                public CompletionStage<Void> acquire(int events) {
                    long number = next;
                    next += events;
                    return Crowd.current().turn(number);
                }
            };
        }
    }

    private static final class WhenAllCame implements RateLimiterStrategy<NumberSequenceSplit> {
        private static final long serialVersionUID = 1L;

        @Override
        public RateLimiter<NumberSequenceSplit> createRateLimiter(int parallelism) {
            return events -> Crowd.current().everybodyCame();
        }
    }

    private static final class HoldsNothingBack implements WatermarkGenerator<RuleRevision> {
        @Override
        public void onEvent(RuleRevision revision, long timestamp, WatermarkOutput output) {}

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.emitWatermark(new Watermark(Long.MAX_VALUE - 1));
        }
    }

    private static final class SetsOut extends RichMapFunction<Arrival, Arrival> implements CheckpointedFunction {
        private static final long serialVersionUID = 1L;

        @Override
        public Arrival map(Arrival arrival) {
            return arrival;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            Crowd.current().barrierSetsOut(context.getCheckpointId());
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {}
    }

    private static final class Passes extends RichMapFunction<Result, Integer> implements CheckpointedFunction {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer map(Result result) {
            if (result.seen() != null) {
                Crowd.current().seen(result.seen());
            }
            return 1;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            Crowd.current().barrierPasses(context.getCheckpointId());
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {}
    }
}
