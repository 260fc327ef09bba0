package dev.tideline.job.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes partitions for the months that rows are about to meet. Rows of months outside of what is kept (older than the
 * retention, or more than {@link Partitions#AHEAD} months ahead) stay in the default partition. Not thread-safe.
 */
final class PartitionsAhead {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionsAhead.class);

    private final int retentionMonths;
    private final LongSupplier clock;
    private final Set<String> met = new HashSet<>();
    private YearMonth newest = YearMonth.of(1970, 1);

    /**
     * @param retentionMonths how many months before the present one are kept
     * @param clock the present, in epoch milliseconds
     */
    PartitionsAhead(int retentionMonths, LongSupplier clock) {
        this.retentionMonths = retentionMonths;
        this.clock = clock;
    }

    /** Makes what is missing, outside of any transaction; a month that is met again costs nothing. */
    void ensure(Connection connection, List<StoreRow> rows) throws SQLException {
        YearMonth now = YearMonth.from(Instant.ofEpochMilli(clock.getAsLong()).atZone(ZoneOffset.UTC));
        if (now.isAfter(newest)) {
            // A new month has begun: what was too far ahead may be near by now.
            met.clear();
            make(connection, Partitions.around(now));
            newest = now;
        }
        Set<String> unmet = new TreeSet<>();
        for (StoreRow row : rows) {
            String month = row.month();
            if (month != null && !met.contains(month)) {
                unmet.add(month);
            }
        }
        if (!unmet.isEmpty()) {
            Set<YearMonth> wanted = new TreeSet<>();
            unmet.stream()
                    .filter(PartitionsAhead::isMonth)
                    .map(YearMonth::parse)
                    .forEach(wanted::add);
            wanted.removeIf(month -> month.isBefore(now.minusMonths(retentionMonths))
                    || month.isAfter(now.plusMonths(Partitions.AHEAD)));
            make(connection, wanted);
            met.addAll(unmet);
        }
    }

    private static boolean isMonth(String text) {
        return text.matches("\\d{4}-(0[1-9]|1[0-2])");
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
