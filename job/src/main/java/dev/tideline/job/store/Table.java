package dev.tideline.job.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rows can be written, with the one statement that writes a batch of them.
 *
 * <p>Each statement may be repeated with the same rows and changes nothing then. Rows of a user whose erasure was requested
 * at or after the row's time are left out, so that nothing late brings an erased user back.
 *
 * <p>Most constants are tables; some are a second way of writing to one.
 */
public enum Table {
    BEHAVIORAL_EVENTS(
            "behavioral_events",
            "user_id uuid, event_timestamp timestamptz, event_id uuid, event_type text, client_session uuid,"
                    + " context jsonb, sealed_text base64, late boolean, arrived_at timestamptz,"
                    + " taken_at timestamptz",
            "event_timestamp",
            true,
            Writing.latest("user_id, event_timestamp, event_id")),
    INTERACTIONS(
            "interactions",
            "user_id uuid, occurred_at timestamptz, event_id uuid, content_id uuid, interaction_type text,"
                    + " sentiment smallint, sentiment_score float8, late boolean",
            "occurred_at",
            true,
            Writing.once()),
    FEEDBACK(
            "feedback",
            "user_id uuid, given_at timestamptz, event_id uuid, feedback_type text, content_id uuid, rating numeric,"
                    + " rating_max numeric, sentiment smallint, sentiment_score float8, late boolean",
            "given_at",
            true,
            Writing.once()),
    SESSIONS(
            "sessions",
            "user_id uuid, started_at timestamptz, ended_at timestamptz, events bigint, page_views bigint,"
                    + " messages bigint, mood_mean float8, mood_min float8, mood_logs bigint, sentiment_mean float8,"
                    + " sentiment_min float8, negative_texts bigint, crisis_texts bigint",
            "started_at",
            true,
            Writing.newest("user_id, started_at", "ended_at, events")),
    FACTS(
            "facts",
            "user_id uuid, fact_time timestamptz, kind text, fact_id text, fact jsonb, late boolean,"
                    + " taken_at timestamptz",
            "fact_time",
            true,
            Writing.latest("user_id, fact_time, kind, fact_id")),
    RISK_ALERT_HISTORY(
            "risk_alert_history",
            "alert_id text, changed_at timestamptz, message_id text, user_id uuid, revision bigint, change text,"
                    + " level text, status text, opened_at timestamptz, due_at timestamptz, trigger jsonb,"
                    + " summary text, reason text, action jsonb, sealed_note base64",
            "changed_at",
            true,
            Writing.once()),
    SEGMENT_CHANGES(
            "segment_changes",
            "user_id uuid, segment_id text, sequence bigint, changed_at timestamptz, message_id text, version int,"
                    + " change text, reason text, cause uuid, member_since timestamptz, expires_at timestamptz",
            "changed_at",
            true,
            Writing.once()),

    USERS(
            "users",
            "user_id uuid, updated_at timestamptz, account_type text, account_type_at timestamptz, signup_date date,"
                    + " signup_date_at timestamptz, profile_status text, profile_status_at timestamptz,"
                    + " demographic_data jsonb, demographic_data_at timestamptz, encrypted_pii base64,"
                    + " encrypted_pii_at timestamptz",
            "updated_at",
            false,
            Writing.newestOfEachField("user_id", "updated_at")),
    USER_SEEN(
            "users",
            "user_id uuid, first_seen timestamptz, last_seen timestamptz",
            "last_seen",
            false,
            Writing.widest("user_id", "first_seen", "last_seen")),
    USER_PROPERTIES(
            "user_properties",
            "user_id uuid, name text, value jsonb, updated_at timestamptz",
            "updated_at",
            false,
            Writing.newest("user_id, name", "updated_at")),
    PROFILE_CHANGES(
            "profile_changes",
            "user_id uuid, updated_at timestamptz, digest text, fields jsonb, with_pii boolean,"
                    + " taken_at timestamptz",
            "updated_at",
            false,
            Writing.once()),
    CONTENT_SEEN(
            "content_metadata",
            "content_id uuid, first_seen timestamptz, last_seen timestamptz",
            null,
            false,
            Writing.widest("content_id", "first_seen", "last_seen")),
    RISK_ALERTS(
            "risk_alerts",
            "alert_id text, user_id uuid, level text, status text, opened_at timestamptz, due_at timestamptz,"
                    + " changed_at timestamptz, revision bigint, signals jsonb, signals_total bigint, summary text,"
                    + " reason text, outcome text",
            "changed_at",
            false,
            Writing.alert()),
    SEGMENT_DEFINITIONS(
            "segment_definitions",
            "segment_id text, version int, name text, description text, mode text, enabled boolean, document jsonb,"
                    + " effective_at timestamptz, removed_at timestamptz",
            null,
            false,
            Writing.newest("segment_id, version", "effective_at")),
    SEGMENT_REMOVALS("segment_definitions", "segment_id text, removed_at timestamptz", null, false, Writing.removal()),
    SEGMENT_MEMBERSHIP(
            "segment_membership",
            "user_id uuid, segment_id text, version int, member boolean, member_since timestamptz,"
                    + " expires_at timestamptz, changed_at timestamptz, reason text, sequence bigint",
            "changed_at",
            false,
            Writing.newest("user_id, segment_id", "sequence")),
    CONSENTS(
            "consents",
            "user_id uuid, updated_at timestamptz, risk_detection boolean, segmentation boolean,"
                    + " text_analysis boolean",
            "updated_at",
            false,
            Writing.newest("user_id, updated_at", "updated_at")),
    DATA_KEYS(
            "data_keys",
            "user_id uuid, key_id uuid, wrapped_key base64, created_at timestamptz",
            "created_at",
            false,
            Writing.once()),
    AUDIT_LOG(
            "audit_log",
            "entry_id text, at timestamptz, actor text, action text, subject text, detail jsonb",
            null,
            false,
            Writing.once()),
    /** Not a mere insert: see {@link Erasure}. */
    ERASURES("erasures", "user_id uuid, requested_at timestamptz", null, false, Writing.once());

    /** The schema that all tables are in. */
    public static final String SCHEMA = "tideline";

    private final String sqlName;
    private final List<Column> columns;
    private final int partitionedBy;
    private final String sql;

    Table(String sqlName, String columns, @Nullable String guardedBy, boolean partitioned, Writing writing) {
        this.sqlName = sqlName;
        this.columns = Column.list(columns);
        this.partitionedBy = partitioned && guardedBy != null ? names().indexOf(guardedBy) : -1;
        this.sql = writing.statement(sqlName, this.columns, guardedBy);
    }

    /** The table's name in the schema. */
    public String sqlName() {
        return sqlName;
    }

    /** The columns that a row has values for. */
    List<Column> columns() {
        return columns;
    }

    /** The place of the value that decides the partition; -1 if the table has no partitions. */
    int partitionedBy() {
        return partitionedBy;
    }

    /** The statement that writes a batch: one parameter a column, each an array of text. */
    String sql() {
        return sql;
    }

    private List<String> names() {
        return columns.stream().map(Column::name).toList();
    }
}
