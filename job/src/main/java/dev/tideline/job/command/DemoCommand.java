package dev.tideline.job.command;

import dev.tideline.job.demo.Demo;
import dev.tideline.job.demo.DemoOptions;
import dev.tideline.job.demo.RefusedStartException;
import dev.tideline.job.settings.Durations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows everything at work on this machine. */
@Command(
        name = "demo",
        description =
                "Starts Kafka, PostgreSQL, Flink with its web UI, the job and a simulated platform in one process tree,"
                        + " and prints alerts and segment changes as they come. Ctrl-C stops everything. Exit code: 0 after"
                        + " --duration, 130 after Ctrl-C, 143 after SIGTERM, 1 after a fault, 2 for a bad option.")
public final class DemoCommand implements Callable<Integer> {
    private static final int LARGEST_PORT = 65_535;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Option(names = "--users", paramLabel = "N", description = "How many made-up people. Default: 200.")
    private int users = 200;

    @Option(
            names = "--speed",
            paramLabel = "DAYS",
            description = "Days of event time a minute, until it has caught up with the clock. Default: 20.")
    private double speed = 20;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description =
                    "Ends after this much time by the wall clock, such as 90s or 10m, counted from the first record,"
                            + " and prints a summary. Default: goes on until it is stopped.")
    private @Nullable String duration;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same people. Default: 1.")
    private long seed = 1;

    @Option(names = "--parallelism", paramLabel = "N", description = "How many tasks run side by side. Default: 2.")
    private int parallelism = 2;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Where everything is kept between runs: the next one goes on where this one stopped. Default: a"
                            + " fresh folder, deleted at the end.")
    private @Nullable Path directory;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description = "Real events, a JSON object a line in the order of their time, instead of made-up people.")
    private @Nullable Path events;

    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description =
                    "Rules of your own, besides the shipped ones; those with the id of a shipped one replace it. Changed"
                            + " files take effect while the demo runs.")
    private @Nullable Path rules;

    @Option(names = "--ui-port", paramLabel = "PORT", description = "Flink's web UI. Default: 8081 if it is free.")
    private int uiPort;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Kafka. Default: any free port.")
    private int kafkaPort;

    @Option(names = "--postgres-port", paramLabel = "PORT", description = "PostgreSQL. Default: any free port.")
    private int postgresPort;

    @Override
    public Integer call() {
        DemoOptions options = options();
        try {
            int exitCode = Demo.run(options);
            // Libraries may leave a thread behind that would keep the process alive.
            System.exit(exitCode);
            return exitCode;
        } catch (RefusedStartException refused) {
            throw wrong(String.valueOf(refused.getMessage()));
        }
    }

    private DemoOptions options() {
        require(users >= 1 && users <= 1_000_000, "--users must be between 1 and 1000000");
        require(speed > 0 && speed <= 1_000_000, "--speed must be above 0 and at most 1000000");
        require(parallelism >= 1 && parallelism <= 128, "--parallelism must be between 1 and 128");
        require(events == null || Files.isRegularFile(events), "--events: there is no file " + events);
        require(rules == null || Files.isDirectory(rules), "--rules: there is no folder " + rules);
        require(
                directory == null || !Files.exists(directory) || Files.isDirectory(directory),
                "--data-dir: " + directory + " is not a folder");
        return new DemoOptions(
                users,
                speed,
                duration(),
                seed,
                parallelism,
                directory,
                events,
                rules,
                new DemoOptions.Ports(
                        port("--ui-port", uiPort),
                        port("--kafka-port", kafkaPort),
                        port("--postgres-port", postgresPort)));
    }

    private @Nullable Duration duration() {
        if (duration == null) {
            return null;
        }
        Duration read = Durations.read(duration);
        if (read == null || read.isZero()) {
            throw wrong("--duration must be a time such as 90s or 10m");
        }
        return read;
    }

    private int port(String option, int port) {
        require(port >= 0 && port <= LARGEST_PORT, option + " must be between 1 and " + LARGEST_PORT);
        return port;
    }

    private void require(boolean holds, String complaint) {
        if (!holds) {
            throw wrong(complaint);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
