package dev.tideline.job.benchmark;

import dev.tideline.job.demo.EmbeddedPostgresServer;
import dev.tideline.job.store.Migrations;
import dev.tideline.patterns.fact.Fact;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * Asks PostgreSQL again and again who is in a segment, and keeps in a table who was the last time. The time it goes by is the
 * facts'. Not thread-safe.
 */
final class Poll implements AutoCloseable {
    private static final int ROWS_A_COPY = 10_000;

    private final Connection connection;
    private final ProcessHandle server;

    /**
     * What a run found and took.
     *
     * @param entered users who were no members at the last run
     */
    record Run(int entered, int exited, Duration cpu, Duration wall) {}

    private Poll(Connection connection, ProcessHandle server) {
        this.connection = connection;
        this.server = server;
    }

    /** Connects to a server, and gives it the schema. Its work is done by one process, whose processor time is read. */
    static Poll of(EmbeddedPostgresServer postgres) throws SQLException {
        Migrations.apply(postgres.jdbcUrl(), postgres.user(), "");
        Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET max_parallel_workers_per_gather = 0");
            statement.execute("SELECT tideline.ensure_partition('behavioral_events', '"
                    + Visits.BEGINNING.toString().substring(0, 10) + "')");
            statement.execute(
                    "CREATE TABLE polled (segment text, user_id uuid, since timestamptz, PRIMARY KEY (segment, user_id))");
            ResultSet pid = statement.executeQuery("SELECT pg_backend_pid()");
            pid.next();
            return new Poll(connection, ProcessHandle.of(pid.getLong(1)).orElseThrow());
        }
    }

    /** Puts facts into {@code behavioral_events}, as the job does. */
    void store(List<Fact> facts) throws SQLException, IOException {
        for (int from = 0; from < facts.size(); from += ROWS_A_COPY) {
            StringBuilder rows = new StringBuilder();
            for (Fact fact : facts.subList(from, Math.min(from + ROWS_A_COPY, facts.size()))) {
                rows.append(fact.user())
                        .append('\t')
                        .append(fact.at())
                        .append('\t')
                        .append(fact.id());
                rows.append('\t')
                        .append(fact.kind())
                        .append("\t{}\tf\t")
                        .append(fact.at())
                        .append('\n');
            }
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY tideline.behavioral_events"
                                    + " (user_id, event_timestamp, event_id, event_type, context, late, arrived_at) FROM STDIN",
                            new StringReader(rows.toString()));
        }
    }

    /** Lets the server look at what it has, as it does by itself after a while. */
    void analyze() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE tideline.behavioral_events");
            statement.execute("VACUUM ANALYZE polled");
        }
    }

    /** Asks for the members now. Each {@code ?} in the query is the instant. */
    Run run(String segment, String query, Instant now) throws SQLException {
        Duration cpu = cpu();
        long started = System.nanoTime();
        String sql =
                "WITH now AS MATERIALIZED (" + query + "), gone AS (DELETE FROM polled p WHERE segment = '" + segment
                        + "' AND NOT EXISTS (SELECT FROM now n WHERE n.user_id = p.user_id) RETURNING 1),"
                        + " come AS (INSERT INTO polled SELECT '" + segment + "', user_id, ?::timestamptz FROM now"
                        + " ON CONFLICT DO NOTHING RETURNING 1)"
                        + " SELECT (SELECT count(*) FROM come), (SELECT count(*) FROM gone)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
                statement.setTimestamp(i, Timestamp.from(now));
            }
            ResultSet result = statement.executeQuery();
            result.next();
            Duration wall = Duration.ofNanos(System.nanoTime() - started);
            return new Run(result.getInt(1), result.getInt(2), cpu().minus(cpu), wall);
        }
    }

    /** Who was a member at the last run. */
    Set<String> members(String segment) throws SQLException {
        Set<String> members = new HashSet<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT user_id FROM polled WHERE segment = ?")) {
            statement.setString(1, segment);
            ResultSet result = statement.executeQuery();
            while (result.next()) {
                members.add(result.getString(1));
            }
        }
        return members;
    }

    private Duration cpu() {
        return server.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
