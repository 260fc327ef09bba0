package dev.tideline.job.store;

import dev.tideline.job.history.Past;
import dev.tideline.job.history.Question;
import dev.tideline.job.settings.Settings;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.jspecify.annotations.Nullable;

/**
 * The past as PostgreSQL has it.
 *
 * @param months how many months back rows are kept
 */
public record DatabasePast(JdbcConnectionOptions connection, int months) implements Past {
    /** A range of users may have to be sorted before the first row comes. */
    private static final int PATIENCE_SECONDS = 3600;

    /** The past in the database of the settings. */
    public static DatabasePast of(Settings.Database settings) {
        return new DatabasePast(DatabaseLedger.connection(settings, PATIENCE_SECONDS), settings.retentionMonths());
    }

    @Override
    public Reading read(Question question, @Nullable String after) {
        return new DatabaseReading(connection, question, after, DatabaseReading.Size.OF_A_JOB);
    }
}
