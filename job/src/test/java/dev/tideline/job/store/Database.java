package dev.tideline.job.store;

import dev.tideline.job.demo.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;

/** A database of a test's own, with Tideline's schema, on a server that the tests of a JVM share. */
final class Database {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String url;

    private Database(String url) {
        this.url = url;
    }

    /** A new database with the schema in it. */
    static Database migrated() {
        Database database = empty();
        Migrations.apply(database.url, "postgres", "");
        return database;
    }

    /** A new database without anything in it. */
    static Database empty() {
        String server = Server.SHARED.jdbcUrl();
        String name = "test" + COUNT.incrementAndGet();
        new Database(server).run("CREATE DATABASE " + name);
        return new Database(server.substring(0, server.lastIndexOf('/') + 1) + name);
    }

    /** One that stands elsewhere. */
    static Database at(String url) {
        return new Database(url);
    }

    String url() {
        return url;
    }

    JdbcConnectionOptions options() {
        return new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                .withUrl(url)
                .withDriverName("org.postgresql.Driver")
                .withUsername("postgres")
                .withPassword("")
                .build();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "postgres", "");
    }

    void run(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /** The rows of a query, the columns of each joined by {@code |}. */
    List<String> rows(String sql) {
        return rowsAs("postgres", sql);
    }

    /** The rows that a role sees. */
    List<String> rowsAs(String role, String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE " + role);
            ResultSet result = statement.executeQuery(sql);
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    values.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join("|", values));
            }
            return rows;
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /** The one value of a query. */
    String value(String sql) {
        return rows(sql).get(0);
    }

    private static final class Server {
        static final EmbeddedPostgresServer SHARED = start();

        private static EmbeddedPostgresServer start() {
            try {
                // It is stopped when the JVM ends; what it leaves goes with the build's own folder.
                Path directory = Path.of(
                                "target", "postgres-" + ProcessHandle.current().pid())
                        .toAbsolutePath();
                return EmbeddedPostgresServer.start(directory, 0, false);
            } catch (IOException failed) {
                throw new IllegalStateException("PostgreSQL does not start", failed);
            }
        }
    }
}
