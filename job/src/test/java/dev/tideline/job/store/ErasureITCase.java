package dev.tideline.job.store;

import static dev.tideline.job.store.Samples.ANNA;
import static dev.tideline.job.store.Samples.BERT;
import static dev.tideline.job.store.Samples.alert;
import static dev.tideline.job.store.Samples.hours;
import static dev.tideline.job.store.Samples.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.AlertMessage.Change;
import dev.tideline.patterns.fact.AlertMessage.Status;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.ProfilePatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ErasureITCase {
    private static final long REQUESTED = 50;

    private final Database database = Database.migrated();
    private final BatchWriter writer = new BatchWriter(
            new SimpleJdbcConnectionProvider(database.options()),
            new PartitionsAhead(24),
            Patience.WITHOUT_END,
            new Silent());

    @AfterEach
    void disconnect() {
        writer.close();
    }

    private static List<StoreRow> everythingOf(String user, long hour) {
        List<StoreRow> rows = new ArrayList<>();
        rows.addAll(EventRows.of(Samples.feedback(1, user, hours(hour)), null));
        rows.addAll(EventRows.of(Samples.comment(2, user, hours(hour)), null));
        rows.addAll(ProfileRows.of(
                new ProfilePatch(
                        user,
                        hours(hour),
                        Map.of("account_type", "\"free\"", "properties.industry", "\"SaaS\""),
                        null,
                        sealed("pii")),
                null));
        rows.addAll(Rows.of(user, Samples.session(hours(hour), Duration.ofMinutes(20), 9)));
        rows.addAll(Rows.of(Fact.ofText(Samples.feedback(1, user, hours(hour)), Samples.SAD, false), null, true));
        rows.addAll(Rows.of(alert(user, hour, Change.OPENED, Level.RED, Status.OPEN)));
        rows.addAll(Rows.of(Samples.segmentChange(user, hour, true)));
        rows.addAll(Rows.of(new PrivacyRequest(user, hours(hour), false, List.of())));
        rows.addAll(Rows.ofKey(user, Samples.id(7), sealed("key"), hours(hour)));
        return rows;
    }

    private static List<StoreRow> erasureOf(String user) {
        return Rows.of(new PrivacyRequest(user, hours(REQUESTED), true, List.of()));
    }

    private List<String> tablesThatKnow(String user) {
        return database
                .rows("SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'tideline'"
                        + " AND column_name = 'user_id' AND table_name !~ '_(default|\\d{4}_\\d{2})$' ORDER BY 1")
                .stream()
                .filter(table -> !database.rows("SELECT 1 FROM tideline." + table + " WHERE user_id = '" + user + "'")
                        .isEmpty())
                .toList();
    }

    @Test
    void forgetsEverythingButThatItForgot() throws Exception {
        writer.write(everythingOf(ANNA, 1));
        writer.write(everythingOf(BERT, 1));
        List<String> knewBert = tablesThatKnow(BERT);
        assertThat(tablesThatKnow(ANNA)).hasSize(14).isEqualTo(knewBert);

        writer.write(erasureOf(ANNA));

        assertThat(tablesThatKnow(ANNA)).containsExactly("erasures", "users");
        assertThat(database.rows("SELECT account_type, encrypted_pii, last_seen, profile_status, erased_at IS NOT NULL"
                        + " FROM tideline.users WHERE user_id = '" + ANNA + "'"))
                .containsExactly("null|null|null|anonymized|t");
        assertThat(tablesThatKnow(BERT)).isEqualTo(knewBert);
        assertThat(database.rows("SELECT action, subject, detail -> 'behavioral_events' FROM tideline.audit_log"))
                .containsExactly("erasure|" + ANNA + "|2");
    }

    @Test
    void erasesWhatStandsBeforeItInTheSameBatch() throws Exception {
        List<StoreRow> rows = new ArrayList<>(everythingOf(ANNA, 1));
        rows.addAll(erasureOf(ANNA));
        rows.addAll(everythingOf(BERT, 1));
        writer.write(rows);

        assertThat(tablesThatKnow(ANNA)).containsExactly("erasures", "users");
        assertThat(tablesThatKnow(BERT)).hasSize(14);
    }

    @Test
    void nothingOlderBringsTheUserBack() throws Exception {
        writer.write(erasureOf(ANNA));
        writer.write(everythingOf(ANNA, REQUESTED));
        writer.write(everythingOf(ANNA, 1));

        assertThat(tablesThatKnow(ANNA)).containsExactly("erasures", "users");
    }

    @Test
    void whoComesBackIsANewUserWhomTheSameRequestRepeatedDoesNotErase() throws Exception {
        writer.write(everythingOf(ANNA, 1));
        writer.write(erasureOf(ANNA));
        writer.write(everythingOf(ANNA, REQUESTED + 1));
        writer.write(erasureOf(ANNA));

        assertThat(tablesThatKnow(ANNA)).hasSize(15);
        assertThat(database.value("SELECT count(*) FROM tideline.audit_log")).isEqualTo("1");
    }
}
