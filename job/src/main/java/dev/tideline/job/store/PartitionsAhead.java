package dev.tideline.job.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes partitions for the months that rows are about to meet, and with them those ahead of the present one. Rows of months
 * outside of what is kept (older than the retention, or more than {@link Partitions#AHEAD} months ahead) stay in the default
 * partition. What the present is, the database says. Not thread-safe.
 */
final class PartitionsAhead {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionsAhead.class);

    private final int retentionMonths;
    private final Set<String> met = new HashSet<>();
    private boolean begun;

    /** Keeps so many months before the present one. */
    PartitionsAhead(int retentionMonths) {
        this.retentionMonths = retentionMonths;
    }

    /** Makes what is missing, outside of any transaction; a month that is met again costs nothing. */
    void ensure(Connection connection, List<StoreRow> rows) throws SQLException {
        Set<String> unmet = new TreeSet<>();
        for (StoreRow row : rows) {
            String month = row.month();
            if (month != null && !met.contains(month)) {
                unmet.add(month);
            }
        }
        if (begun && unmet.isEmpty()) {
            return;
        }
        YearMonth now = present(connection);
        Set<YearMonth> wanted = Partitions.around(now);
        unmet.stream()
                .filter(PartitionsAhead::isMonth)
                .map(YearMonth::parse)
                .filter(month -> !month.isBefore(now.minusMonths(retentionMonths))
                        && !month.isAfter(now.plusMonths(Partitions.AHEAD)))
                .forEach(wanted::add);
        make(connection, wanted);
        met.addAll(unmet);
        begun = true;
    }

    private static boolean isMonth(String text) {
        return text.matches("\\d{4}-(0[1-9]|1[0-2])");
    }

    private static YearMonth present(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM')")) {
            result.next();
            return YearMonth.parse(result.getString(1));
        }
    }

    private static void make(Connection connection, Set<YearMonth> months) throws SQLException {
        try {
            int made = Partitions.ensure(connection, months);
            if (made > 0) {
                LOG.info("made {} partitions for {}", made, months);
            }
        } catch (SQLException problem) {
            if (Trouble.of(problem) != Trouble.ROW) {
                throw problem;
            }
            // The default partition takes the rows as well.
            LOG.warn("partitions for {} were refused with SQLState {}", months, problem.getSQLState());
        }
    }
}
