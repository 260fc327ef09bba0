package dev.tideline.job.store;

import dev.tideline.job.history.Past;
import dev.tideline.job.history.Question;
import dev.tideline.job.history.Remembered;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the past, a range of users at a time. Where the database goes away in the middle, it waits, and begins again with the
 * first user who was not through.
 *
 * <p>Owns: the ids of a range of users, a page of rows, a connection · Lifecycle: until {@link #close} · Never: holds a lock
 * while somebody looks at a page.
 */
final class DatabaseReading implements Past.Reading {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseReading.class);
    private static final Patience PATIENCE = Patience.WITHOUT_END;

    /**
     * How much at a time.
     *
     * @param users whose past is sorted together, on the server
     * @param rows of a page
     */
    record Size(int users, int rows) {
        static final Size OF_A_JOB = new Size(100_000, 500);
    }

    private final JdbcConnectionOptions options;
    private final PastQuery query;
    private final Size size;
    private volatile boolean closed;
    private volatile @Nullable Connection current;

    private @Nullable String after;
    private long done;
    private long all;
    private List<String> range = List.of();
    private boolean asked;
    private @Nullable String lastUser;

    /**
     * Connects with the first page.
     *
     * @param after begins after this user; null = with the first
     */
    DatabaseReading(JdbcConnectionOptions options, Question question, @Nullable String after, Size size) {
        this.options = options;
        this.query = new PastQuery(question);
        this.after = after;
        this.size = size;
    }

    @Override
    public Past.@Nullable Page next() throws InterruptedException {
        String told = "";
        for (int failures = 1; ; failures++) {
            try {
                return page();
            } catch (SQLException problem) {
                disconnect();
                if (closed) {
                    throw new InterruptedException("closed");
                }
                String state = String.valueOf(problem.getSQLState());
                if (!state.equals(told)) {
                    told = state;
                    LOG.warn("History cannot be read for now, SQLState {}; tried again until it can.", state);
                }
                Thread.sleep(PATIENCE.pause(failures).toMillis());
            }
        }
    }

    private Past.@Nullable Page page() throws SQLException, InterruptedException {
        Connection connection = connect();
        if (!asked) {
            range = users(connection);
            if (range.isEmpty()) {
                return null;
            }
            query.ask(connection, range.get(0), range.get(range.size() - 1));
            asked = true;
            lastUser = null;
        }
        List<PastQuery.Row> rows = fetch(connection);
        List<Remembered> remembered = new ArrayList<>(rows.size());
        for (PastQuery.Row row : rows) {
            boolean first = !row.user().equals(lastUser);
            lastUser = row.user();
            remembered.add(new Remembered(row.user(), row.takenAtMillis(), first, row.fact(), row.profile()));
        }
        if (rows.size() < size.rows()) {
            endRange(connection);
        }
        return new Past.Page(remembered, through(), done + through(range), all);
    }

    private void endRange(Connection connection) throws SQLException {
        PastQuery.forget(connection);
        asked = false;
        lastUser = null;
        after = range.get(range.size() - 1);
        done += range.size();
        range = List.of();
    }

    /** The last user of whom nothing more comes. */
    private @Nullable String through() {
        int through = through(range);
        return through == 0 ? after : range.get(through - 1);
    }

    /** How many of the range are through: those before the user at hand. */
    private int through(List<String> users) {
        if (lastUser == null) {
            return 0;
        }
        int found = Collections.binarySearch(users, lastUser);
        return found >= 0 ? found : -found - 1;
    }

    private List<PastQuery.Row> fetch(Connection connection) throws SQLException {
        try (PreparedStatement statement = PastQuery.fetch(connection, size.rows());
                ResultSet result = statement.executeQuery()) {
            List<PastQuery.Row> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(PastQuery.Row.of(result));
            }
            return rows;
        }
    }

    private List<String> users(Connection connection) throws SQLException {
        String which = after == null ? "" : " WHERE user_id > ?::uuid";
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT user_id FROM tideline.users" + which + " ORDER BY user_id LIMIT " + size.users())) {
            if (after != null) {
                statement.setString(1, after);
            }
            try (ResultSet result = statement.executeQuery()) {
                List<String> users = new ArrayList<>();
                while (result.next()) {
                    users.add(result.getString(1));
                }
                return users;
            }
        }
    }

    private long count(Connection connection) throws SQLException {
        String which = after == null ? "" : " WHERE user_id > ?::uuid";
        try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM tideline.users" + which)) {
            if (after != null) {
                statement.setString(1, after);
            }
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    private Connection connect() throws SQLException, InterruptedException {
        Connection known = current;
        if (known != null) {
            return known;
        }
        Connection connection;
        try {
            connection = new SimpleJdbcConnectionProvider(options).getOrEstablishConnection();
        } catch (ClassNotFoundException noDriver) {
            throw new IllegalStateException("PostgreSQL's driver is not in the job's jar", noDriver);
        }
        current = connection;
        if (closed) {
            disconnect();
            throw new InterruptedException("closed");
        }
        connection.setReadOnly(true);
        asked = false;
        if (all == 0) {
            all = done + count(connection);
        }
        return connection;
    }

    private void disconnect() {
        Connection connection = current;
        current = null;
        if (connection != null) {
            abort(connection);
        }
    }

    @Override
    public void close() {
        closed = true;
        Connection connection = current;
        if (connection != null) {
            abort(connection);
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            // It is what was wanted.
        }
    }
}
