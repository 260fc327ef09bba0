package dev.tideline.job.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the script against a real PostgreSQL. */
class RolesITCase {

    private static final List<String> ROLES =
            List.of("tideline_job", "tideline_owner", "tideline_privacy", "tideline_product", "tideline_support");

    /** Read-only by default keeps a reader from accidents; whoever lifts it still has no rights. */
    private static final String WRITABLE = "SET default_transaction_read_only = off";

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void createTheRolesTwice() throws IOException, SQLException {
        postgres = EmbeddedPostgres.start();
        String script = DockerFolder.text("postgres/roles.sql");
        as("postgres", script);
        as("postgres", script);
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    void createsTheRolesAndGivesNoneOfThemPowerOverTheServer() throws SQLException {
        assertThat(query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'tideline%' ORDER BY 1"))
                .isEqualTo(ROLES);
        assertThat(query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'tideline%' AND (NOT rolcanlogin OR rolsuper"
                        + " OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication)"))
                .isEmpty();
    }

    @Test
    void letsTheOwnerMakeTables() throws SQLException {
        as("tideline_owner", "CREATE TABLE tideline.of_the_owner (id int); DROP TABLE tideline.of_the_owner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tideline_job", "tideline_support", "tideline_product", "tideline_privacy"})
    void letsNobodyElseMakeTables(String role) {
        assertThatThrownBy(() -> as(role, WRITABLE, "CREATE TABLE tideline.intruder (id int)"))
                .hasMessageContaining("permission denied for schema tideline");
        assertThatThrownBy(() -> as(role, WRITABLE, "CREATE TABLE public.intruder (id int)"))
                .hasMessageContaining("permission denied for schema public");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tideline_job", "tideline_support", "tideline_product", "tideline_privacy"})
    void letsNobodyReadWhatNoMigrationGave(String role) throws SQLException {
        as("tideline_owner", "CREATE TABLE tideline.kept_back (id int)");
        try {
            assertThatThrownBy(() -> as(role, "SELECT * FROM tideline.kept_back"))
                    .hasMessageContaining("permission denied for table kept_back");
        } finally {
            as("tideline_owner", "DROP TABLE tideline.kept_back");
        }
    }

    private static void as(String role, String... statements) throws SQLException {
        try (Connection connection = postgres.getDatabase(role, "postgres").getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
