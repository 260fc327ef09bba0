package dev.tideline.job.command;

import dev.tideline.job.LiveJob;
import dev.tideline.job.rules.RuleFiles;
import dev.tideline.job.settings.Settings;
import dev.tideline.job.settings.SettingsException;
import dev.tideline.job.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the job against a real broker and a real database, on the cluster that it is submitted to or in this process. */
@Command(
        name = "run",
        description =
                "Runs the job against Kafka and PostgreSQL: on a cluster by `flink run tideline-job.jar run --config"
                        + " FILE`, or here, in one process. The folder rules.directory is watched by the task that reads it:"
                        + " changed files take effect while the job runs.")
public final class RunCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The settings, in YAML.")
    @SuppressWarnings("NullAway.Init") // required
    private Path config;

    @Override
    public Integer call() throws Exception {
        Settings settings = settings();
        RuleFiles rules = rules(settings.rules());
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        LiveJob.define(environment, settings, rules);
        environment.execute(settings.job().name());
        return CommandLine.ExitCode.OK;
    }

    private Settings settings() {
        try {
            Settings settings = SettingsReader.read(config);
            // Other commands do without: whoever migrates the schema has no business with the key.
            if (settings.keys().master() == null) {
                throw new ParameterException(spec.commandLine(), config + ": keys.master is required");
            }
            return settings;
        } catch (SettingsException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private RuleFiles rules(Settings.Rules settings) {
        try {
            RuleFiles rules = RuleFiles.read(
                    settings.catalogue(), settings.directory() == null ? null : Path.of(settings.directory()));
            if (!rules.problems().isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "rules: " + rules.problems().get(0));
            }
            return rules;
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "rules.directory cannot be read: " + settings.directory());
        }
    }
}
