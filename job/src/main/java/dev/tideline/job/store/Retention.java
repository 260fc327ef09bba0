package dev.tideline.job.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;

/**
 * Takes months that are past keeping out of the database: each partition is detached, exported as compressed CSV with a
 * header, and dropped; what the default partitions hold of such months is exported and deleted.
 *
 * <p>The order is such that nothing is lost wherever it stops: a file has its final name only when it is complete and on
 * the disk, and only then is the table dropped. What was detached and not dropped is finished by the next run; its file may
 * be there twice then, under two names. An export keeps rows of users who are erased later: pseudonymous, and with sealed
 * texts whose key is gone.
 *
 * <p>Needs to own the tables.
 */
public final class Retention {
    private final Connection connection;
    private final YearMonth firstKept;
    private final Path directory;

    private Retention(Connection connection, YearMonth firstKept, Path directory) {
        this.connection = connection;
        this.firstKept = firstKept;
        this.directory = directory;
    }

    /**
     * What was taken out.
     *
     * @param name of the partition
     * @param file the export, {@code <name>.csv.gz}, with a number in front of the ending if that was there
     */
    public record Export(String name, Path file, long rows) {}

    /**
     * Takes out all that lies before a month.
     *
     * @param connection in auto-commit mode
     * @param firstKept the first month (UTC) that stays
     * @param directory where exports go; made if need be
     */
    public static List<Export> enforce(Connection connection, YearMonth firstKept, Path directory)
            throws SQLException, IOException {
        Files.createDirectories(directory);
        return new Retention(connection, firstKept, directory).enforce();
    }

    private List<Export> enforce() throws SQLException, IOException {
        List<Export> exports = new ArrayList<>();
        for (Table table : Table.values()) {
            if (table.partitionedBy() >= 0) {
                for (String partition : expired(table)) {
                    exports.add(partition(table, partition));
                }
                exports.addAll(outliers(table));
            }
        }
        return exports;
    }

    /** Partitions by their names: also those that an earlier run detached, and then did not come to drop. */
    private List<String> expired(Table table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT relname FROM pg_class WHERE relnamespace = 'tideline'::regnamespace"
                        + " AND relkind = 'r' AND relname ~ ? ORDER BY 1")) {
            statement.setString(1, "^" + table.sqlName() + "_\\d{4}_(0[1-9]|1[0-2])$");
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    String name = result.getString(1);
                    if (monthOf(name).isBefore(firstKept)) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    private static YearMonth monthOf(String partition) {
        return YearMonth.parse(partition.substring(partition.length() - 7).replace('_', '-'));
    }

    private Export partition(Table table, String partition) throws SQLException, IOException {
        if (attached(partition)) {
            run("ALTER TABLE tideline." + table.sqlName() + " DETACH PARTITION tideline." + partition);
        }
        Export export = export(partition, "TABLE tideline." + partition);
        inTransaction(() -> {
            audit(export);
            run("DROP TABLE tideline." + partition);
        });
        return export;
    }

    private boolean attached(String partition) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT relispartition FROM pg_class WHERE oid = 'tideline." + partition + "'::regclass")) {
            return result.next() && result.getBoolean(1);
        }
    }

    private List<Export> outliers(Table table) throws SQLException, IOException {
        String name = table.sqlName() + "_default";
        String old = " FROM tideline." + name + " WHERE "
                + table.columns().get(table.partitionedBy()).name() + " < '" + firstKept.atDay(1) + "T00:00:00Z'";
        if (!exists("SELECT 1" + old + " LIMIT 1")) {
            return List.of();
        }
        List<Export> exports = new ArrayList<>();
        inTransaction(() -> {
            // One snapshot for both: what arrives in between is neither exported nor deleted.
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            Export export = export(name, "SELECT *" + old);
            run("DELETE" + old);
            audit(export);
            exports.add(export);
        });
        return exports;
    }

    private Export export(String name, String query) throws SQLException, IOException {
        Path unfinished = Files.createTempFile(directory, name + ".", ".unfinished");
        long rows;
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(unfinished))) {
            rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + query + ") TO STDOUT (FORMAT csv, HEADER)", out);
        }
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return new Export(name, Files.move(unfinished, unused(name), StandardCopyOption.ATOMIC_MOVE), rows);
    }

    /** Nothing that is there is ever overwritten. */
    private Path unused(String name) {
        Path file = directory.resolve(name + ".csv.gz");
        for (int number = 2; Files.exists(file); number++) {
            file = directory.resolve(name + "." + number + ".csv.gz");
        }
        return file;
    }

    private void audit(Export export) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO tideline.audit_log (entry_id, at, actor, action, subject, detail) VALUES ('retention:' ||"
                        + " gen_random_uuid(), now(), session_user, 'retention.export', ?, jsonb_build_object('rows',"
                        + " ?::bigint, 'file', ?::text))")) {
            statement.setString(1, export.name());
            statement.setLong(2, export.rows());
            statement.setString(3, String.valueOf(export.file().getFileName()));
            statement.executeUpdate();
        }
    }

    private boolean exists(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next();
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Work {
        void run() throws SQLException, IOException;
    }

    private void inTransaction(Work work) throws SQLException, IOException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } finally {
            // After a commit this rolls back nothing.
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
