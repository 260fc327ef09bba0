package dev.tideline.job.store;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a batch of rows gets into a table: a statement made from the table's name, columns and time.
 *
 * <p>All statements unnest one array of text a column; the casts stand in SQL, so that PostgreSQL alone decides what a
 * value may be. Rows of a batch that meet in one key are folded within the statement, in the order of the keys, so that two
 * writers lock rows in the same order.
 */
@FunctionalInterface
interface Writing {
    String statement(String table, List<Column> columns, @Nullable String guardedBy);

    /** The first row of a key stays. */
    static Writing once() {
        return (table, columns, guardedBy) -> "INSERT INTO tideline.%s (%s) SELECT %s FROM %s ON CONFLICT DO NOTHING"
                .formatted(table, names(columns), names(columns), rows(columns, guardedBy));
    }

    /** The row with the largest {@code order} stays; of equal ones the later. */
    static Writing newest(String key, String order) {
        return (table, columns, guardedBy) -> """
                INSERT INTO tideline.%s AS t (%s)
                SELECT DISTINCT ON (%s) %s FROM %s
                ORDER BY %s, %s, ordinal DESC
                ON CONFLICT (%s) DO UPDATE SET %s WHERE (%s) >= (%s)""".formatted(
                        table,
                        names(columns),
                        key,
                        names(columns),
                        rows(columns, guardedBy),
                        key,
                        prefixed("", order, " DESC"),
                        key,
                        assignments(columns, key, name -> "excluded." + name),
                        prefixed("excluded.", order, ""),
                        prefixed("t.", order, ""));
    }

    /**
     * The row that was written last stays: what is gone through again after a restart may come late that did not the first
     * time, and the other way round, and then only the second time is true.
     */
    static Writing latest(String key) {
        return (table, columns, guardedBy) -> """
                INSERT INTO tideline.%s AS t (%s)
                SELECT DISTINCT ON (%s) %s FROM %s
                ORDER BY %s, ordinal DESC
                ON CONFLICT (%s) DO UPDATE SET %s WHERE (%s) IS DISTINCT FROM (%s)""".formatted(
                        table,
                        names(columns),
                        key,
                        names(columns),
                        rows(columns, guardedBy),
                        key,
                        key,
                        assignments(columns, key, name -> "excluded." + name),
                        prefixed("excluded.", names(columns), ""),
                        prefixed("t.", names(columns), ""));
    }

    /** Keeps the earliest {@code from} and the latest {@code to}. */
    static Writing widest(String key, String from, String to) {
        return (table, columns, guardedBy) -> """
                INSERT INTO tideline.%1$s AS t (%2$s, %3$s, %4$s)
                SELECT %2$s, min(%3$s), max(%4$s) FROM %5$s GROUP BY %2$s ORDER BY %2$s
                ON CONFLICT (%2$s) DO UPDATE
                SET %3$s = least(t.%3$s, excluded.%3$s), %4$s = greatest(t.%4$s, excluded.%4$s)
                WHERE t.%3$s IS NULL OR excluded.%3$s < t.%3$s OR t.%4$s IS NULL OR excluded.%4$s > t.%4$s""".formatted(table, key, from, to, rows(columns, guardedBy));
    }

    /** A field {@code x} changes only with an {@code x_at} as new as the one that is there; without one it is absent. */
    static Writing newestOfEachField(String key, String time) {
        return (table, columns, guardedBy) -> {
            List<String> fields = columns.stream()
                    .map(Column::name)
                    .filter(name ->
                            columns.stream().anyMatch(other -> other.name().equals(name + "_at")))
                    .toList();
            return "INSERT INTO tideline.%s AS t (%s, %s, %s) SELECT %s, max(%s), %s FROM %s GROUP BY %s ORDER BY %s ON CONFLICT (%s) DO UPDATE SET %s = greatest(t.%s, excluded.%s), %s"
                    .formatted(
                            table,
                            key,
                            time,
                            join(fields, "%1$s, %1$s_at"),
                            key,
                            time,
                            join(
                                    fields,
                                    "(array_agg(%1$s ORDER BY %1$s_at DESC, ordinal DESC) FILTER (WHERE %1$s_at IS NOT"
                                            + " NULL))[1], max(%1$s_at)"),
                            rows(columns, guardedBy),
                            key,
                            key,
                            key,
                            time,
                            time,
                            time,
                            join(
                                    fields,
                                    "%1$s = CASE WHEN excluded.%1$s_at >= coalesce(t.%1$s_at, '-infinity') THEN"
                                            + " excluded.%1$s ELSE t.%1$s END,"
                                            + " %1$s_at = greatest(t.%1$s_at, excluded.%1$s_at)"));
        };
    }

    /** The newest revision stays, or of equal ones the one further on; the level is the highest that was ever written. */
    static Writing alert() {
        return (table, columns, guardedBy) -> {
            String newer = "(excluded.revision, tideline.progress(excluded.status))"
                    + " > (t.revision, tideline.progress(t.status))";
            String higher = "tideline.urgency(excluded.level) > tideline.urgency(t.level)";
            String selected = columns.stream()
                    .map(column -> column.name().equals("level")
                            ? "(array['AMBER', 'RED', 'CRISIS'])"
                                    + "[max(tideline.urgency(level)) OVER (PARTITION BY alert_id)]"
                            : column.name())
                    .collect(Collectors.joining(", "));
            return """
                    INSERT INTO tideline.%s AS t (%s)
                    SELECT DISTINCT ON (alert_id) %s FROM %s
                    ORDER BY alert_id, revision DESC, tideline.progress(status) DESC, ordinal DESC
                    ON CONFLICT (alert_id) DO UPDATE SET %s WHERE %s OR %s""".formatted(
                            table,
                            names(columns),
                            selected,
                            rows(columns, guardedBy),
                            assignments(
                                    columns,
                                    "alert_id",
                                    name -> "CASE WHEN %s THEN excluded.%s ELSE t.%s END"
                                            .formatted(name.equals("level") ? higher : newer, name, name)),
                            newer,
                            higher);
        };
    }

    /** Marks the versions that were in force as removed. */
    static Writing removal() {
        return (table, columns, guardedBy) -> """
                UPDATE tideline.%s t SET removed_at = r.removed_at FROM %s
                WHERE t.segment_id = r.segment_id AND t.removed_at IS NULL AND t.effective_at <= r.removed_at""".formatted(table, rows(columns, guardedBy));
    }

    private static String rows(List<Column> columns, @Nullable String guardedBy) {
        String arrays = columns.stream().map(column -> "?::text[]").collect(Collectors.joining(", "));
        String read = columns.stream()
                .map(column -> column.read() + " AS " + column.name())
                .collect(Collectors.joining(", "));
        String guard = guardedBy == null
                ? ""
                : " WHERE NOT EXISTS (SELECT FROM tideline.erasures e"
                        + " WHERE e.user_id = typed.user_id AND e.requested_at >= typed." + guardedBy + ")";
        return "(SELECT * FROM (SELECT %s, ordinal FROM unnest(%s) WITH ORDINALITY AS given(%s, ordinal)) AS typed%s) AS r"
                .formatted(read, arrays, names(columns), guard);
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static String prefixed(String before, String names, String after) {
        return Stream.of(names.split(", ")).map(name -> before + name + after).collect(Collectors.joining(", "));
    }

    private static String assignments(List<Column> columns, String key, Function<String, String> value) {
        List<String> keys = List.of(key.split(", "));
        return columns.stream()
                .map(Column::name)
                .filter(name -> !keys.contains(name))
                .map(name -> name + " = " + value.apply(name))
                .collect(Collectors.joining(", "));
    }

    private static String join(List<String> names, String form) {
        return IntStream.range(0, names.size())
                .mapToObj(place -> form.formatted(names.get(place)))
                .collect(Collectors.joining(", "));
    }
}
