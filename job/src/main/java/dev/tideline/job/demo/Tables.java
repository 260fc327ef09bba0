package dev.tideline.job.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the rows of each table, partitions with their parents. */
final class Tables {
    private static final String NAMES = """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'tideline' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND c.relname <> 'flyway_schema_history'
            ORDER BY c.relname""";

    private Tables() {}

    static Map<String, Long> rows(String url, String user) throws SQLException {
        Map<String, Long> rows = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement()) {
            try (ResultSet names = statement.executeQuery(NAMES)) {
                while (names.next()) {
                    rows.put(names.getString(1), 0L);
                }
            }
            for (Map.Entry<String, Long> table : rows.entrySet()) {
                // The name is the catalogue's own, and quoted.
                try (ResultSet count =
                        statement.executeQuery("SELECT count(*) FROM tideline.\"" + table.getKey() + "\"")) {
                    count.next();
                    table.setValue(count.getLong(1));
                }
            }
        }
        return rows;
    }
}
