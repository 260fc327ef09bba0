package dev.tideline.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MigrationsITCase {
    @Test
    void makesEveryTableOnceAndNothingTheSecondTime() {
        Database database = Database.empty();

        assertThat(Migrations.apply(database.url(), "postgres", "")).isPositive();
        assertThat(Migrations.apply(database.url(), "postgres", "")).isZero();

        assertThat(database.rows("""
                        SELECT relname FROM pg_class WHERE relnamespace = 'tideline'::regnamespace
                        AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1"""))
                .containsExactly(
                        "audit_log",
                        "behavioral_events",
                        "consents",
                        "content_metadata",
                        "data_keys",
                        "erasures",
                        "facts",
                        "feedback",
                        "flyway_schema_history",
                        "interactions",
                        "profile_changes",
                        "risk_alert_history",
                        "risk_alerts",
                        "segment_changes",
                        "segment_definitions",
                        "segment_membership",
                        "sessions",
                        "user_properties",
                        "users");
    }

    @Test
    void partitionsWhatGrowsAndCatchesOutliers() {
        Database database = Database.migrated();

        assertThat(database.rows("SELECT inhrelid::regclass FROM pg_inherits JOIN pg_class c ON c.oid = inhparent"
                        + " WHERE c.relkind = 'p' ORDER BY 1::text"))
                .containsExactlyInAnyOrder(
                        "tideline.behavioral_events_default",
                        "tideline.facts_default",
                        "tideline.feedback_default",
                        "tideline.interactions_default",
                        "tideline.risk_alert_history_default",
                        "tideline.segment_changes_default",
                        "tideline.sessions_default");
    }

    @Test
    void everyWayOfWritingIsAStatementThatTheSchemaKnows() throws Exception {
        Database database = Database.migrated();
        try (var connection = database.connect()) {
            for (Table table : Table.values()) {
                try (var statement = connection.prepareStatement(table.sql())) {
                    for (int column = 1; column <= table.columns().size(); column++) {
                        statement.setArray(column, connection.createArrayOf("text", new String[0]));
                    }
                    if (table != Table.ERASURES) {
                        assertThat(statement.executeUpdate()).as(table.name()).isZero();
                    }
                }
            }
        }
    }

    @Test
    void productSeesWhatPeopleDoButNotHowTheyFeelNorWhatTheyWrote() {
        Database database = Database.migrated();
        database.run("""
                INSERT INTO tideline.behavioral_events (user_id, event_timestamp, event_id, event_type, late, arrived_at)
                SELECT gen_random_uuid(), now(), gen_random_uuid(), t, false, now()
                FROM unnest(array['page_view', 'emotion_logged', 'survey_response']) AS t""");

        assertThat(database.rowsAs("tideline_product", "SELECT event_type FROM tideline.behavioral_events"))
                .containsExactly("page_view");
        assertThatThrownBy(
                        () -> database.rowsAs("tideline_product", "SELECT sealed_text FROM tideline.behavioral_events"))
                .hasRootCauseMessage("ERROR: permission denied for table behavioral_events");
        assertThatThrownBy(() -> database.rowsAs("tideline_support", "SELECT encrypted_pii FROM tideline.users"))
                .hasRootCauseMessage("ERROR: permission denied for table users");
    }

    @Test
    void nobodyChangesTheAuditLog() {
        Database database = Database.migrated();
        String insert = "INSERT INTO tideline.audit_log (entry_id, at, actor, action, subject)"
                + " SELECT n::text, now(), 'test', 'try', 's' FROM generate_series(%d, %d) n ON CONFLICT DO NOTHING";
        database.run(insert.formatted(1, 3));
        database.run(insert.formatted(2, 5));

        assertThat(database.rows("""
                        SELECT audit_id, entry_id, hash = sha256(convert_to(tideline.audit_text(a), 'UTF8')),
                            prev_hash = coalesce(lag(hash) OVER (ORDER BY audit_id), '') FROM tideline.audit_log a""")).containsExactly("1|1|t|t", "2|2|t|t", "3|3|t|t", "4|4|t|t", "5|5|t|t");
        assertThatThrownBy(() -> database.run("UPDATE tideline.audit_log SET actor = 'nobody'"))
                .hasRootCauseMessage("ERROR: the audit log is never changed\n"
                        + "  Where: PL/pgSQL function tideline.audit_stays() line 1 at RAISE");
    }
}
