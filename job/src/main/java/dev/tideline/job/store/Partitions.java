package dev.tideline.job.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The monthly partitions of what grows: months are UTC's.
 *
 * <p>A month's partition can be made at any time: rows that the default partition already holds of it move there in the same
 * transaction. Whoever has no right to create tables may do so through the schema's own function.
 */
public final class Partitions {
    /** How many months ahead partitions are made. */
    public static final int AHEAD = 2;

    private Partitions() {}

    /**
     * Makes what is missing of the given months, for all partitioned tables; each in a transaction of its own.
     *
     * @param connection in auto-commit mode
     * @return how many partitions were made
     */
    public static int ensure(Connection connection, Collection<YearMonth> months) throws SQLException {
        int made = 0;
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT tideline.ensure_partition(?, ?::date)")) {
            for (YearMonth month : new TreeSet<>(months)) {
                for (String table : tables()) {
                    statement.setString(1, table);
                    statement.setString(2, month.atDay(1).toString());
                    try (ResultSet result = statement.executeQuery()) {
                        made += result.next() && result.getBoolean(1) ? 1 : 0;
                    }
                }
            }
        }
        return made;
    }

    /** The month of now, the one before, and those {@link #AHEAD}. */
    public static Set<YearMonth> around(YearMonth now) {
        Set<YearMonth> months = new TreeSet<>();
        for (int offset = -1; offset <= AHEAD; offset++) {
            months.add(now.plusMonths(offset));
        }
        return months;
    }

    /** The names of the partitioned tables. */
    static List<String> tables() {
        return java.util.Arrays.stream(Table.values())
                .filter(table -> table.partitionedBy() >= 0)
                .map(Table::sqlName)
                .distinct()
                .toList();
    }
}
