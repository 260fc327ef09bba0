package dev.tideline.job.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Forgets a user, in the transaction of whoever calls.
 *
 * <p>First the data keys go, so that what was sealed stays unreadable in backups and exports too; then every row about the
 * user, whatever its time. What remains is the user's row without anything in it ({@code anonymized}), and the row in
 * {@code erasures}: the statements of {@link Table} leave out rows of the user up to the time of the request, so that
 * nothing that was under way, or is repeated after a restart, brings them back. An audit row says what was deleted.
 *
 * <p>The same request again does nothing: a user who came back since is a new one. An erasure waits for batches that are
 * being written and holds back those that follow, see {@link BatchWriter}.
 */
final class Erasure {
    private static final List<String> TABLES = List.of(
            "data_keys",
            "behavioral_events",
            "interactions",
            "feedback",
            "sessions",
            "facts",
            "risk_alerts",
            "risk_alert_history",
            "segment_membership",
            "segment_changes",
            "user_properties",
            "profile_changes",
            "consents");

    private Erasure() {}

    /** Executes a row of {@link Table#ERASURES}; the caller holds the lock that keeps other writers out, and commits. */
    static void execute(Connection connection, StoreRow request) throws SQLException {
        String user = String.valueOf(request.values().get(0));
        String requestedAt = String.valueOf(request.values().get(1));
        if (done(connection, user, requestedAt)) {
            return;
        }
        String deleted = json(delete(connection, user));
        anonymise(connection, user, requestedAt);
        update(
                connection,
                "INSERT INTO tideline.erasures (user_id, requested_at, deleted)"
                        + " VALUES (?::uuid, ?::timestamptz, ?::jsonb)",
                user,
                requestedAt,
                deleted);
        update(
                connection,
                "INSERT INTO tideline.audit_log (entry_id, at, actor, action, subject, detail)"
                        + " VALUES ('erasure:' || ?::uuid || ':' || ?, now(), 'tideline', 'erasure', ?, ?::jsonb)"
                        + " ON CONFLICT DO NOTHING",
                user,
                requestedAt,
                user,
                deleted);
    }

    private static boolean done(Connection connection, String user, String requestedAt) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT FROM tideline.erasures WHERE user_id = ?::uuid AND requested_at = ?::timestamptz")) {
            statement.setString(1, user);
            statement.setString(2, requestedAt);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    private static Map<String, Integer> delete(Connection connection, String user) throws SQLException {
        Map<String, Integer> deleted = new LinkedHashMap<>();
        for (String table : TABLES) {
            deleted.put(table, update(connection, "DELETE FROM tideline." + table + " WHERE user_id = ?::uuid", user));
        }
        return deleted;
    }

    private static void anonymise(Connection connection, String user, String requestedAt) throws SQLException {
        update(connection, "DELETE FROM tideline.users WHERE user_id = ?::uuid", user);
        update(
                connection,
                "INSERT INTO tideline.users (user_id, profile_status, profile_status_at, erased_at)"
                        + " VALUES (?::uuid, 'anonymized', ?::timestamptz, ?::timestamptz)",
                user,
                requestedAt,
                requestedAt);
    }

    private static int update(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int place = 0; place < values.length; place++) {
                statement.setString(place + 1, values[place]);
            }
            return statement.executeUpdate();
        }
    }

    private static String json(Map<String, Integer> counts) {
        var json = RowJson.object();
        counts.forEach(json::put);
        return json.toString();
    }
}
