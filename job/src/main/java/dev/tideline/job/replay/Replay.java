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
    private static final int TEXT_CACHE = 20_000;

    private static final int MOST_PARTIALS = 1000;

    private final ReplayOptions options;
    private final List<RuleRevision> rules;
    private final Progress progress;

    /** @param rules those of the rules folder, found good */
    public Replay(ReplayOptions options, List<RuleRevision> rules) {
        this(options, rules, Progress.silent());
    }

    /**
     * The same, saying how far it has come.
     *
     * @param progress closed by the caller
     */
    public Replay(ReplayOptions options, List<RuleRevision> rules, Progress progress) {
        this.options = options;
        this.rules = List.copyOf(rules);
        this.progress = progress;
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
            History history = HistoryReading.read(
                    options.input(), working, options.parallelism(), options.now(), labels, progress);
            Instant until = until(history);
            Path parts = Files.createDirectories(working.resolve("parts"));
            HistoryShelf.put(working.toString(), new HistoryShelf.Shelved(history, progress));
            execute(working.toString(), history.lines(), until, parts);
            Summary summary = new Summary(until, history.lines(), labels);
            new Outputs(parts, options.output(), progress).write(summary);
            summary.write(options.output().resolve("summary.json"));
            return summary;
        } finally {
            HistoryShelf.remove(working.toString());
            delete(working);
        }
    }

    private Instant until(History history) {
        if (options.until() != null) {
            return options.until();
        }
        return history.latest() == null ? Instant.EPOCH : history.latest();
    }

    private void execute(String history, long records, Instant until, Path parts) throws Exception {
        progress.begin(Progress.Phase.EVALUATING, records);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(configuration());
        environment.setParallelism(options.parallelism());
        HistorySource source = new HistorySource(history, until, options.now());
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
                        TEXT_CACHE,
                        true),
                ReplayOutlets.into(parts));
        environment.execute("tideline replay");
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(org.apache.flink.configuration.PipelineOptions.GENERIC_TYPES, false);
        // What travels is never changed, so that steps of one task may hand on the same object.
        configuration.set(org.apache.flink.configuration.PipelineOptions.OBJECT_REUSE, true);
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
