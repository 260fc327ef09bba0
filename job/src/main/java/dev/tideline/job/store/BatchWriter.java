package dev.tideline.job.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches of rows: one statement a table, one transaction a batch, in which all is written or nothing.
 *
 * <p>A batch that the database refuses is halved until the rows at fault stand alone; they come back, all others are
 * written. While the database is away the writer waits and tries again: rows are never skipped for that, and repeating a
 * batch whose commit may or may not have happened changes nothing. An erasure comes after the rows that stand before it.
 *
 * <p>Not thread-safe, but for {@link #abort}.
 */
final class BatchWriter implements AutoCloseable {
    /**
     * Writers hold this lock shared, an erasure alone: rows that were being written when it deleted would stay otherwise.
     */
    private static final String LOCK = "hashtext('tideline.erasures')";

    private final JdbcConnectionProvider connections;
    private final PartitionsAhead partitions;
    private final Patience patience;
    private final Progress progress;
    private volatile @Nullable Connection current;

    BatchWriter(JdbcConnectionProvider connections, PartitionsAhead partitions, Patience patience, Progress progress) {
        this.connections = connections;
        this.partitions = partitions;
        this.patience = patience;
        this.progress = progress;
    }

    /**
     * Writes the rows; waits while the database is away, as patiently as it was told to.
     *
     * @return those that it will never take
     * @throws InterruptedException if interrupted while waiting; none, some or all rows are written then
     * @throws DatabaseAwayException if patience ends; none, some or all rows are written then
     * @throws StoreException if it cannot be written to at all until a person acts
     */
    List<RefusedRow> write(List<StoreRow> rows) throws InterruptedException {
        List<RefusedRow> refused = new ArrayList<>();
        int begin = 0;
        for (int place = 0; place < rows.size(); place++) {
            if (rows.get(place).table() == Table.ERASURES) {
                halve(rows.subList(begin, place), refused);
                halve(rows.subList(place, place + 1), refused);
                begin = place + 1;
            }
        }
        halve(rows.subList(begin, rows.size()), refused);
        refused.forEach(progress::refused);
        return refused;
    }

    private void halve(List<StoreRow> rows, List<RefusedRow> refused) throws InterruptedException {
        if (rows.isEmpty()) {
            return;
        }
        SQLException refusal = untilAnswered(rows);
        if (refusal == null) {
            return;
        }
        if (rows.size() == 1) {
            refused.add(new RefusedRow(rows.get(0), String.valueOf(refusal.getSQLState())));
            return;
        }
        halve(rows.subList(0, rows.size() / 2), refused);
        halve(rows.subList(rows.size() / 2, rows.size()), refused);
    }

    private @Nullable SQLException untilAnswered(List<StoreRow> rows) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                transaction(rows);
                progress.waiting(false);
                return null;
            } catch (SQLException problem) {
                switch (Trouble.of(problem)) {
                    case ROW -> {
                        progress.waiting(false);
                        return problem;
                    }
                    case SETUP -> throw new StoreException(problem);
                    case AWAY -> {
                        progress.waiting(true);
                        disconnect();
                        if (failures >= patience.tries()) {
                            throw new DatabaseAwayException(String.valueOf(problem.getSQLState()));
                        }
                        Thread.sleep(patience.pause(failures).toMillis());
                    }
                }
            }
        }
    }

    private void transaction(List<StoreRow> rows) throws SQLException {
        Connection connection = connect();
        partitions.ensure(connection, rows);
        connection.setAutoCommit(false);
        try {
            if (rows.get(0).table() == Table.ERASURES) {
                run(connection, "SELECT pg_advisory_xact_lock(" + LOCK + ")");
                Erasure.execute(connection, rows.get(0));
            } else {
                run(connection, "SELECT pg_advisory_xact_lock_shared(" + LOCK + ")");
                insert(connection, rows);
            }
            connection.commit();
        } catch (SQLException problem) {
            rollback(connection);
            throw problem;
        } finally {
            restoreAutoCommit(connection);
        }
        byTable(rows).forEach((table, group) -> progress.written(table, group.size()));
    }

    private static void insert(Connection connection, List<StoreRow> rows) throws SQLException {
        for (Map.Entry<Table, List<StoreRow>> group : byTable(rows).entrySet()) {
            Table table = group.getKey();
            try (PreparedStatement statement = connection.prepareStatement(table.sql())) {
                for (int column = 0; column < table.columns().size(); column++) {
                    String[] values = new String[group.getValue().size()];
                    for (int row = 0; row < values.length; row++) {
                        values[row] = group.getValue().get(row).values().get(column);
                    }
                    statement.setArray(column + 1, connection.createArrayOf("text", values));
                }
                statement.executeUpdate();
            }
        }
    }

    /** In the order of the enum, so that all writers lock tables in one order; within a table as they came. */
    private static Map<Table, List<StoreRow>> byTable(List<StoreRow> rows) {
        Map<Table, List<StoreRow>> groups = new EnumMap<>(Table.class);
        for (StoreRow row : rows) {
            groups.computeIfAbsent(row.table(), table -> new ArrayList<>()).add(row);
        }
        return groups;
    }

    private Connection connect() throws SQLException {
        try {
            Connection connection = connections.getOrEstablishConnection();
            current = connection;
            return connection;
        } catch (ClassNotFoundException noDriver) {
            throw new IllegalStateException("PostgreSQL's driver is not in the job's jar", noDriver);
        }
    }

    private void disconnect() {
        connections.closeConnection();
        current = null;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            // A connection that is gone has rolled back already.
        }
    }

    private static void restoreAutoCommit(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException gone) {
            // The next try finds out, and connects again.
        }
    }

    /** Cuts the connection, from any thread: whoever waits for the database's answer gets an error at once. */
    void abort() {
        Connection connection = current;
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException gone) {
                // It is what was wanted.
            }
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
