package dev.tideline.job.cep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.Eventually;
import dev.tideline.job.person.PersonOptions;
import dev.tideline.job.person.Persons;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.rule.RuleDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** A small Flink cluster, and the two jobs that are compared on it. */
final class Cluster implements AutoCloseable {
    private static final int MOST_PARTIALS = 1_000_000;
    private static final Duration AFTER_THE_END = Duration.ofDays(30);

    private final Path folder;
    private final MiniCluster flink;

    Cluster(Path folder) throws Exception {
        this.folder = folder;
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        flink = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(4)
                .build());
        flink.start();
    }

    /** All matches that stock operators find, on the heap, in one go. */
    List<String> stock(long seed, List<Plan> plans) throws Exception {
        String run = "stock " + seed;
        StreamExecutionEnvironment environment = environment("hashmap", 2, false);
        DataStream<Sighting> sightings = Tap.flow(environment, run, seed)
                .flatMap((Integer number, Collector<Sighting> out) ->
                        World.of(seed).item(number).sightings().forEach(out::collect))
                .returns(Sighting.class);
        Notes.take(StockCep.matches(sightings, plans), run);
        Tap.of(run).open(Long.MAX_VALUE);
        finish(submit(environment, null));
        return Notes.of(run).lines();
    }

    /**
     * All that our matcher and our person stage find, with checkpoints going on all the time: on two tasks, stopped with a
     * savepoint; on four, where a task fails, stopped again; and on one to the end.
     */
    List<String> ours(long seed, List<Plan> plans, String backend) throws Exception {
        String run = backend + " " + seed;
        long items = World.of(seed).size();
        Tap tap = Tap.of(run);

        tap.open(items / 2);
        JobID first = submit(ours(run, seed, plans, backend, 2), null);
        String savepoint = stop(first, 0, run, items / 4, SavepointFormatType.CANONICAL);

        tap.open(items * 3 / 4);
        Stumble.ask(run);
        JobID second = submit(ours(run, seed, plans, backend, 4), savepoint);
        assertThat(Eventually.see(() -> Stumble.happened(run), happened -> happened))
                .isTrue();
        savepoint = stop(second, 1, run, items * 5 / 8, SavepointFormatType.NATIVE);

        assertThat(tap.passed()).as("the rest is for the last part").isLessThan(items);
        tap.open(Long.MAX_VALUE);
        finish(submit(ours(run, seed, plans, backend, 1), savepoint));
        return Notes.of(run).lines();
    }

    private StreamExecutionEnvironment ours(String run, long seed, List<Plan> plans, String backend, int parallelism) {
        StreamExecutionEnvironment environment = environment(backend, parallelism, true);
        DataStream<Integer> numbers =
                Tap.flow(environment, run, seed).map(new Stumble(run)).uid("stumble");
        DataStream<String> matches = numbers.keyBy(
                        number -> World.of(seed).item(number).user())
                .process(new MatcherHost(seed, plans))
                .uid("matcher");
        DataStream<Arrival> arrivals = numbers.map(
                        number -> World.of(seed).item(number).arrival())
                .returns(Arrival.class)
                .uid("arrivals");
        DataStream<RuleRevision> noChanges = numbers.flatMap((Integer number, Collector<RuleRevision> out) -> {})
                .returns(RuleRevision.class)
                .uid("no-changes");
        DataStream<String> signals = Persons.wire(arrivals, noChanges, rules(plans), options(seed))
                .alerts()
                .flatMap(Cluster::signals)
                .returns(Types.STRING)
                .uid("signals");
        Notes.take(matches.union(signals), run);
        return environment;
    }

    private static PersonOptions options(long seed) {
        long until = World.of(seed).end() + AFTER_THE_END.toMillis();
        return new PersonOptions(false, until, List.of(Purpose.RISK_DETECTION), MOST_PARTIALS, false, null);
    }

    static List<RuleRevision> rules(List<Plan> plans) {
        return plans.stream()
                .map(plan -> {
                    RuleDocument document = plan.document();
                    return new RuleRevision(0, document.rule().header().key(), document.json(), Long.MIN_VALUE);
                })
                .toList();
    }

    private static void signals(AlertMessage message, Collector<String> out) {
        switch (message.change()) {
            case OPENED, UPDATED, ESCALATED -> {
                for (Signal signal : message.trigger()) {
                    out.collect("signal "
                            + Line.signal(
                                    signal.pattern(),
                                    signal.user(),
                                    signal.at().toEpochMilli(),
                                    signal.evidence().events()));
                }
            }
            default -> {}
        }
    }

    private StreamExecutionEnvironment environment(String backend, int parallelism, boolean checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        configuration.set(PipelineOptions.GENERIC_TYPES, !checkpoints);
        if (checkpoints) {
            configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
            configuration.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    folder.resolve("checkpoints").toUri().toString());
        }
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        environment.setMaxParallelism(128);
        return environment;
    }

    private JobID submit(StreamExecutionEnvironment environment, @Nullable String savepoint) throws Exception {
        JobGraph graph = environment.getStreamGraph().getJobGraph();
        if (savepoint != null) {
            graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
        }
        return flink.submitJob(graph).get().getJobID();
    }

    /**
     * Stops the job when so many arrivals have come through, while more are coming.
     *
     * @param attempt how often the job has failed before
     */
    private String stop(JobID job, int attempt, String run, long arrivals, SavepointFormatType format)
            throws Exception {
        assertThat(Eventually.see(() -> Tap.of(run).passed(), passed -> passed >= arrivals))
                .isGreaterThanOrEqualTo(arrivals);
        assertThat(Eventually.see(() -> allRun(job, attempt), running -> running))
                .isTrue();
        String target = folder.resolve("savepoints").toUri().toString();
        return flink.stopWithSavepoint(job, target, false, format).get();
    }

    private boolean allRun(JobID job, int attempt) {
        AccessExecutionGraph graph = flink.getExecutionGraph(job).join();
        for (var vertex : graph.getAllExecutionVertices()) {
            if (vertex.getExecutionState() != ExecutionState.RUNNING
                    || vertex.getCurrentExecutionAttempt().getAttemptNumber() != attempt) {
                return false;
            }
        }
        return graph.getState() == JobStatus.RUNNING;
    }

    private void finish(JobID job) throws Exception {
        flink.requestJobResult(job).get().toJobExecutionResult(Cluster.class.getClassLoader());
    }

    @Override
    public void close() throws Exception {
        flink.close();
    }
}
