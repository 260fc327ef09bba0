package dev.tideline.job.command;

import dev.tideline.job.settings.Settings;
import dev.tideline.job.store.Migrations;
import dev.tideline.job.store.Partitions;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import org.flywaydb.core.api.FlywayException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings the database's schema to this version, and makes the partitions of the months ahead. */
@Command(
        name = "migrate",
        description = "Brings the database's schema to this version, and makes the partitions of the months ahead.")
public final class MigrateCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private DatabaseAccess database;

    @Override
    public Integer call() {
        Settings.Database settings = database.settings();
        PrintWriter out = database.out();
        try {
            int applied = Migrations.apply(
                    settings.url(), settings.user(), settings.password().value());
            try (Connection connection = database.connect()) {
                int made = Partitions.ensure(connection, Partitions.around(YearMonth.now(Clock.systemUTC())));
                out.println(applied + " migrations applied, " + made + " partitions made");
            }
        } catch (FlywayException failed) {
            throw database.failure(
                    failed.getCause() instanceof SQLException problem
                            ? String.valueOf(database.failure(problem).getMessage())
                            : String.valueOf(failed.getMessage()));
        } catch (SQLException failed) {
            throw database.failure(failed);
        }
        out.flush();
        return 0;
    }
}
