package dev.tideline.job.command;

import dev.tideline.job.settings.Settings;
import dev.tideline.job.settings.SettingsException;
import dev.tideline.job.settings.SettingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says which database a command is about. */
final class DatabaseAccess {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The job's configuration.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Path config;

    /** What the configuration says of the database. */
    Settings.Database settings() {
        return configuration().database();
    }

    /** The whole configuration. */
    Settings configuration() {
        try {
            return SettingsReader.read(config);
        } catch (SettingsException wrong) {
            throw failure(String.valueOf(wrong.getMessage()));
        }
    }

    /** A connection, in auto-commit mode. */
    Connection connect() throws SQLException {
        Settings.Database database = settings();
        return DriverManager.getConnection(
                database.url(), database.user(), database.password().value());
    }

    /** Where the command says what it did. */
    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Ends the command with one line for a person. */
    ParameterException failure(String reason) {
        return new ParameterException(spec.commandLine(), reason);
    }

    /** The same for an error of the database: its code and first line. */
    ParameterException failure(SQLException problem) {
        String message =
                String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
        return failure("PostgreSQL: " + message + " (SQLState " + problem.getSQLState() + ")");
    }
}
