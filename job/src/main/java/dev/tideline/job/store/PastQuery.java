package dev.tideline.job.store;

import dev.tideline.job.history.Question;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.trend.MoodScale;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the past of a range of users, in the order in which it was taken: by place; of one place what came late after
 * all else and in the order of arrival; of one millisecond as facts of one millisecond are taken.
 */
final class PastQuery {
    private static final String CURSOR = "past";
    private static final String EMOTION = "emotion_logged";

    private static final String EVENTS = """
            SELECT user_id, coalesce(taken_at, date_trunc('milliseconds', event_timestamp)) AS place, 4 AS rank,
                event_id::text COLLATE "C" AS id, 0 AS part, event_type AS kind, event_timestamp AS at,
                context::text AS said, late, arrived_at, 0::bigint AS arrival
            FROM tideline.behavioral_events
            WHERE user_id BETWEEN ?::uuid AND ?::uuid AND event_timestamp < ?
                AND coalesce(taken_at, event_timestamp) < ? AND (%s)""";

    private static final String FACTS = """
            SELECT user_id, coalesce(taken_at, date_trunc('milliseconds', fact_time)),
                CASE kind WHEN 'mood_day' THEN 1 WHEN 'week' THEN 1 WHEN 'quiet' THEN 2 WHEN 'session' THEN 3 ELSE 4 END,
                fact_id COLLATE "C", 1, kind, fact_time, fact::text, late, fact_time, 0::bigint
            FROM tideline.facts
            WHERE user_id BETWEEN ?::uuid AND ?::uuid AND fact_time < ?
                AND coalesce(taken_at, fact_time) < ? AND (%s)""";

    private static final String PROFILES = """
            SELECT user_id, coalesce(taken_at, date_trunc('milliseconds', updated_at)), 0,
                '' COLLATE "C", 0, NULL, updated_at, fields::text, taken_at IS NOT NULL, updated_at, arrival
            FROM tideline.profile_changes
            WHERE user_id BETWEEN ?::uuid AND ?::uuid AND updated_at < ?
                AND coalesce(taken_at, updated_at) < ?""";

    private final Map<String, Long> events = new TreeMap<>();
    private final Map<String, Long> facts = new TreeMap<>();
    private final boolean profiles;
    private final OffsetDateTime until;
    private final String sql;

    /** @param question not an empty one */
    PastQuery(Question question) {
        question.kinds()
                .forEach((kind, since) -> (Fact.Derived.NAMES.contains(kind) ? facts : events).put(kind, since));
        profiles = question.profiles();
        until = time(question.untilMillis());
        List<String> parts = new ArrayList<>();
        if (!events.isEmpty()) {
            parts.add(EVENTS.formatted(kinds(events, "event_type", "event_timestamp")));
        }
        if (!facts.isEmpty()) {
            parts.add(FACTS.formatted(kinds(facts, "kind", "fact_time")));
        }
        if (profiles) {
            parts.add(PROFILES);
        }
        sql = String.join("\nUNION ALL\n", named(parts)) + "\nORDER BY user_id, place, rank, id, part, at, arrival";
    }

    /** The first part of a union names the columns. */
    private static List<String> named(List<String> parts) {
        List<String> all = new ArrayList<>(parts);
        all.set(
                0,
                "SELECT * FROM (" + parts.get(0) + ") AS first_part(user_id, place, rank, id, part, kind, at, said,"
                        + " late, arrived_at, arrival)");
        return all;
    }

    private static String kinds(Map<String, Long> kinds, String kind, String time) {
        List<String> arms = new ArrayList<>();
        kinds.forEach((name, since) ->
                arms.add(since == Long.MIN_VALUE ? kind + " = ?" : "(" + kind + " = ? AND " + time + " > ?)"));
        return String.join(" OR ", arms);
    }

    /** What is asked, with a place for each value. */
    String sql() {
        return sql;
    }

    /**
     * Asks, and has the answer kept on the server: no lock and no picture of the tables stays open while it is read, however
     * long that takes. For in that time the same tables are written to, by those who wait for what is read.
     *
     * @param first and {@code last}: users, both included
     */
    void ask(Connection connection, String first, String last) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement =
                connection.prepareStatement("DECLARE " + CURSOR + " NO SCROLL CURSOR WITH HOLD FOR " + sql)) {
            bind(statement, first, last);
            statement.execute();
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Fills in the values. */
    void bind(PreparedStatement statement, String first, String last) throws SQLException {
        int place = 1;
        for (Map<String, Long> kinds : List.of(events, facts)) {
            if (!kinds.isEmpty()) {
                place = range(statement, place, first, last);
                place = kinds(statement, place, kinds);
            }
        }
        if (profiles) {
            range(statement, place, first, last);
        }
    }

    private int range(PreparedStatement statement, int from, String first, String last) throws SQLException {
        int place = from;
        statement.setString(place++, first);
        statement.setString(place++, last);
        statement.setObject(place++, until);
        statement.setObject(place++, until);
        return place;
    }

    private static int kinds(PreparedStatement statement, int from, Map<String, Long> kinds) throws SQLException {
        int place = from;
        for (Map.Entry<String, Long> kind : kinds.entrySet()) {
            statement.setString(place++, kind.getKey());
            if (kind.getValue() != Long.MIN_VALUE) {
                statement.setObject(place++, time(kind.getValue()));
            }
        }
        return place;
    }

    private static OffsetDateTime time(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }

    /** The next rows of the answer, at most so many. */
    static PreparedStatement fetch(Connection connection, int most) throws SQLException {
        return connection.prepareStatement("FETCH FORWARD " + most + " FROM " + CURSOR);
    }

    /** The answer is no longer needed. */
    static void forget(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("CLOSE " + CURSOR)) {
            statement.execute();
        }
    }

    /** One row of the answer. */
    record Row(
            String user,
            long takenAtMillis,
            @Nullable Fact fact,
            @Nullable ProfilePatch profile) {
        static Row of(ResultSet row) throws SQLException {
            String user = row.getString("user_id");
            long place = instant(row, "place").toEpochMilli();
            return row.getString("kind") == null
                    ? new Row(user, place, null, profileOf(row, user))
                    : new Row(user, place, factOf(row, user), null);
        }

        private static Fact factOf(ResultSet row, String user) throws SQLException {
            String kind = row.getString("kind");
            String id = row.getString("id");
            Instant at = instant(row, "at");
            String said = row.getString("said");
            boolean late = row.getBoolean("late");
            if (Fact.Derived.NAMES.contains(kind)) {
                return RowJson.fact(kind, id, user, at, said, late);
            }
            Instant arrivedAt = instant(row, "arrived_at");
            return new Fact(kind, id, user, at, said, null, null, mood(kind, said), null, null, null, late, arrivedAt);
        }

        /** How the last four logs lay stood in the job's state, and has gone on since. */
        private static @Nullable MoodFact mood(String kind, @Nullable String context) {
            Double level = kind.equals(EMOTION) ? MoodScale.level(context) : null;
            return level == null
                    ? null
                    : new MoodFact(level, null, null, null, null, null, null, null, null, null, null, null, null);
        }

        private static ProfilePatch profileOf(ResultSet row, String user) throws SQLException {
            Map<String, String> fields = new LinkedHashMap<>();
            RowJson.read(row.getString("said"))
                    .fields()
                    .forEachRemaining(
                            field -> fields.put(field.getKey(), field.getValue().toString()));
            return new ProfilePatch(user, instant(row, "at"), fields, null, null);
        }

        private static Instant instant(ResultSet row, String column) throws SQLException {
            return row.getObject(column, OffsetDateTime.class).toInstant();
        }
    }
}
