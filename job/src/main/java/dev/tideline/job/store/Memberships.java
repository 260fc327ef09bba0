package dev.tideline.job.store;

import dev.tideline.job.emit.Membership;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to which segment, as the database had it at one instant, however long reading takes. Holds a transaction of
 * the connection that it was given, whose owner closes it. For one thread.
 */
public final class Memberships {
    private static final int ROWS_AT_A_TIME = 5_000;
    private static final String KNOWN = """
            SELECT segment_id FROM tideline.segment_definitions WHERE segment_id = ANY (?)
            UNION SELECT segment_id FROM tideline.segment_membership WHERE segment_id = ANY (?)""";
    private static final String ALL = """
            SELECT user_id, segment_id, version, sequence, member_since, expires_at
            FROM tideline.segment_membership WHERE member%s ORDER BY user_id, segment_id""";

    private final Connection connection;
    private final Instant readAt;

    private Memberships(Connection connection, Instant readAt) {
        this.connection = connection;
        this.readAt = readAt;
    }

    /** Fixes the instant. */
    public static Memberships begin(Connection connection) throws SQLException {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        // What a transaction sees is what was committed before its first statement.
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT transaction_timestamp()")) {
            result.next();
            return new Memberships(
                    connection, result.getObject(1, OffsetDateTime.class).toInstant());
        }
    }

    /** The instant, by the database's clock. */
    public Instant readAt() {
        return readAt;
    }

    /** Those of which the database has neither a definition nor ever a member, each once, in order. */
    public List<String> unknownOf(List<String> segments) throws SQLException {
        Set<String> unknown = new TreeSet<>(segments);
        try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
            Array wanted = connection.createArrayOf("text", segments.toArray());
            statement.setArray(1, wanted);
            statement.setArray(2, wanted);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    unknown.remove(result.getString(1));
                }
            }
        }
        return new ArrayList<>(unknown);
    }

    /**
     * Goes through all memberships, by user and segment.
     *
     * @param segments only these; empty = all
     */
    public void forEach(List<String> segments, Consumer<Membership> each) throws SQLException {
        String sql = ALL.formatted(segments.isEmpty() ? "" : " AND segment_id = ANY (?)");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(ROWS_AT_A_TIME);
            if (!segments.isEmpty()) {
                statement.setArray(1, connection.createArrayOf("text", segments.toArray()));
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    each.accept(membership(result));
                }
            }
        }
    }

    private static Membership membership(ResultSet row) throws SQLException {
        return new Membership(
                row.getString("user_id"),
                row.getString("segment_id"),
                row.getInt("version"),
                row.getLong("sequence"),
                instant(row, "member_since"),
                instant(row, "expires_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
