package dev.tideline.job.replay;

import dev.tideline.job.Pipeline;
import dev.tideline.job.PipelineOptions;
import dev.tideline.job.history.HistoryOptions;
import dev.tideline.job.person.PersonOptions;
import dev.tideline.job.rules.RuleOptions;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.job.score.Scorer;
import dev.tideline.job.step.Step;
import dev.tideline.patterns.fact.Arrival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs history through the pipeline, from files to files. */
public final class Replay {
    /** Repeated texts are scored once. */
    private static final int TEXT_CACHE = 100_000;

    private static final int MOST_PARTIALS = 1000;

    private final ReplayOptions options;
    private final List<RuleRevision> rules;

    /** @param rules those of the rules folder, found good */
    public Replay(ReplayOptions options, List<RuleRevision> rules) {
        this.options = options;
        this.rules = List.copyOf(rules);
    }

    /**
     * Runs it.
     *
     * @return the figures, as they stand in {@code summary.json}
     * @throws IOException if a file cannot be read or written
     */
    public Summary run() throws Exception {
        Files.createDirectories(options.output());
        Path working = Files.createTempDirectory(options.output().toAbsolutePath(), ".replay-");
        try {
            Labels labels = Labels.read(options.labels());
            History history = History.sort(options.input(), working, options.now(), labels);
            Instant until = until(history);
            Path parts = Files.createDirectories(working.resolve("parts"));
            execute(history, until, parts);
            Summary summary = new Summary(until, history.lines(), labels);
            new Outputs(parts, options.output()).write(summary);
            summary.write(options.output().resolve("summary.json"));
            return summary;
        } finally {
            delete(working);
        }
    }

    private Instant until(History history) {
        if (options.until() != null) {
            return options.until();
        }
        return history.latest() == null ? Instant.EPOCH : history.latest();
    }

    private void execute(History history, Instant until, Path parts) throws Exception {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(configuration());
        environment.setParallelism(options.parallelism());
        HistorySource source = new HistorySource(history.file().toString(), until, options.now());
        DataStream<Arrival> decoded = Step.SOURCE
                .mark(environment.fromSource(source, WatermarkStrategy.noWatermarks(), Step.SOURCE.title()))
                .setParallelism(1);
        boolean recorded = Files.exists(options.input().resolve(HistoryFile.ACTIONS.fileName()));
        PersonOptions person = new PersonOptions(
                true,
                until.toEpochMilli(),
                options.allowedByDefault(),
                MOST_PARTIALS,
                true,
                recorded ? null : options.staff());
        Pipeline.define(
                decoded,
                new PipelineOptions(
                        RuleOptions.bounded(rules, MOST_PARTIALS),
                        HistoryOptions.unneeded(),
                        person,
                        null,
                        Scorer.SHIPPED,
                        TEXT_CACHE),
                ReplayOutlets.into(parts));
        environment.execute("tideline replay");
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(org.apache.flink.configuration.PipelineOptions.GENERIC_TYPES, false);
        configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        configuration.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
        configuration.set(RestOptions.BIND_PORT, "0");
        return configuration;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
