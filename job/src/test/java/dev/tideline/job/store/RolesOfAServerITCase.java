package dev.tideline.job.store;

import static dev.tideline.job.store.Samples.ANNA;
import static dev.tideline.job.store.Samples.hours;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.AlertMessage.Change;
import dev.tideline.patterns.fact.AlertMessage.Status;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.PrivacyRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.junit.jupiter.api.Test;

/** A server as docker/ sets it up: one role owns the schema, another is the job's, and neither is a superuser. */
class RolesOfAServerITCase {
    private static final Path ROLES = Path.of("../docker/postgres/roles.sql");

    @Test
    void theOwnerMigratesAndTheJobWritesWithoutOwningAnything() throws Exception {
        Database database = Database.empty();
        database.run(Files.readString(ROLES));

        assertThat(Migrations.apply(database.url(), "tideline_owner", "")).isPositive();
        assertThat(Migrations.apply(database.url(), "tideline_owner", "")).isZero();
        List<StoreRow> rows = new ArrayList<>(EventRows.of(Samples.feedback(1, ANNA, hours(1)), null));
        rows.addAll(Rows.of(Samples.alert(ANNA, 1, Change.OPENED, Level.RED, Status.OPEN)));
        rows.addAll(Rows.of(Samples.segmentChange(ANNA, 1, true)));
        JdbcConnectionOptions asJob = new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                .withUrl(database.url())
                .withDriverName("org.postgresql.Driver")
                .withUsername("tideline_job")
                .withPassword("")
                .build();
        try (BatchWriter writer = new BatchWriter(
                new SimpleJdbcConnectionProvider(asJob), new PartitionsAhead(24), Patience.WITHOUT_END, new Silent())) {
            assertThat(writer.write(rows)).isEmpty();
            assertThat(database.value("SELECT count(*) FROM tideline.behavioral_events"))
                    .isEqualTo("1");
            assertThat(database.rowsAs("tideline_support", "SELECT level FROM tideline.risk_alerts"))
                    .containsExactly("RED");
            assertThat(database.rowsAs("tideline_product", "SELECT segment_id FROM tideline.segment_membership"))
                    .containsExactly("power-users");

            writer.write(Rows.of(new PrivacyRequest(ANNA, hours(9), true, List.of())));
        }
        assertThat(database.rowsAs("tideline_privacy", "SELECT action FROM tideline.audit_log"))
                .containsExactly("erasure");
        assertThat(database.value("SELECT count(*) FROM tideline.behavioral_events"))
                .isEqualTo("0");
    }
}
