package dev.tideline.job.command;

import dev.tideline.job.store.Partitions;
import dev.tideline.job.store.Retention;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the partitions of the months ahead; exports and drops those past keeping. */
@Command(
        name = "maintain",
        description = "Makes the partitions of the months ahead; exports and drops those past keeping.")
public final class MaintainCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private DatabaseAccess database;

    @Option(
            names = "--keep",
            paramLabel = "MONTHS",
            defaultValue = "24",
            description = "How many months before the present one stay (default: ${DEFAULT-VALUE}).")
    private int keep;

    @Option(
            names = "--exports",
            paramLabel = "DIR",
            required = true,
            description = "Where months past keeping go, as <table>_<year>_<month>.csv.gz.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Path exports;

    @Override
    public Integer call() {
        if (keep < 1) {
            throw database.failure("--keep must be at least 1");
        }
        YearMonth now = YearMonth.now(Clock.systemUTC());
        PrintWriter out = database.out();
        try (Connection connection = database.connect()) {
            out.println(Partitions.ensure(connection, Partitions.around(now)) + " partitions made");
            for (Retention.Export export : Retention.enforce(connection, now.minusMonths(keep), exports)) {
                out.println(export.rows() + " rows of " + export.name() + " exported to " + export.file());
            }
        } catch (SQLException failed) {
            throw database.failure(failed);
        } catch (IOException failed) {
            throw database.failure("cannot write to " + exports + ": " + failed.getMessage());
        }
        out.flush();
        return 0;
    }
}
