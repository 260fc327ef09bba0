package dev.tideline.job.store;

import static dev.tideline.job.store.Samples.ANNA;
import static dev.tideline.job.store.Samples.BEGINNING;
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
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.RuleRecord;
import dev.tideline.patterns.fact.StaffAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of what travels, in the tables. */
class RowsITCase {
    private static final int TWO_YEARS = 24;

    private final Database database = Database.migrated();
    private final BatchWriter writer = new BatchWriter(
            new SimpleJdbcConnectionProvider(database.options()),
            new PartitionsAhead(TWO_YEARS),
            Patience.WITHOUT_END,
            new Silent());

    @AfterEach
    void disconnect() {
        writer.close();
    }

    @SafeVarargs
    private void write(List<StoreRow>... groups) throws InterruptedException {
        List<StoreRow> rows = new ArrayList<>();
        for (List<StoreRow> group : groups) {
            rows.addAll(group);
        }
        assertThat(writer.write(rows)).isEmpty();
    }

    @Test
    void keepsEventsWithTheirTimeToTheMicrosecondAndTheirTextSealed() throws Exception {
        write(EventRows.of(Samples.feedback(1, ANNA, BEGINNING), hours(9)));

        assertThat(database.rows("""
                        SELECT user_id, event_timestamp = '2026-10-05T09:00:00.123456Z', event_type,
                            context ->> 'rating', convert_from(sealed_text, 'UTF8'), late
                        FROM tideline.behavioral_events""")).containsExactly(ANNA + "|t|feedback_given|2|cipher|t");
        assertThat(database.rows(
                        "SELECT rating, rating_max, feedback_type, sentiment, round(sentiment_score::numeric, 3)"
                                + " FROM tideline.feedback"))
                .containsExactly("2|5|rating|1|1.200");
        assertThat(database.value("SELECT content_id FROM tideline.content_metadata"))
                .isEqualTo(Samples.GUIDE);
    }

    @Test
    void keepsInteractionsWithTheirContent() throws Exception {
        write(EventRows.of(Samples.comment(1, ANNA, BEGINNING), null));

        assertThat(database.rows(
                        "SELECT user_id, content_id, interaction_type, sentiment, late FROM tideline.interactions"))
                .containsExactly(ANNA + "|" + Samples.GUIDE + "|comment|1|f");
    }

    @Test
    void remembersWhenAUserWasFirstAndLastSeenWhateverTheOrder() throws Exception {
        write(
                EventRows.of(Samples.pageView(2, ANNA, hours(2)), null),
                EventRows.of(Samples.pageView(1, ANNA, hours(1)), hours(9)));
        write(EventRows.of(Samples.pageView(3, ANNA, hours(3)), null));
        write(EventRows.of(Samples.pageView(0, ANNA, hours(0)), hours(9)));

        assertThat(database.rows(
                        "SELECT first_seen = '%s', last_seen = '%s' FROM tideline.users".formatted(hours(0), hours(3))))
                .containsExactly("t|t");
    }

    @Test
    void keepsTheNewestOfEachProfileFieldAlsoWhereThePatchesComeInOneBatchAndOutOfOrder() throws Exception {
        ProfilePatch first = new ProfilePatch(
                ANNA, hours(1), Map.of("account_type", "\"free\"", "properties.industry", "\"SaaS\""), null, null);
        ProfilePatch second =
                new ProfilePatch(ANNA, hours(2), Map.of("signup_date", "\"2026-05-01\""), null, sealed("pii"));
        ProfilePatch third = new ProfilePatch(
                ANNA, hours(3), Map.of("account_type", "\"paid\"", "properties.industry", "null"), null, null);

        write(ProfileRows.of(third, null), ProfileRows.of(first, null));
        write(ProfileRows.of(second, null), ProfileRows.of(first, null));

        assertThat(database.rows(
                        "SELECT account_type, signup_date, convert_from(encrypted_pii, 'UTF8') FROM tideline.users"))
                .containsExactly("paid|2026-05-01|pii");
        assertThat(database.rows("SELECT name, value FROM tideline.user_properties"))
                .containsExactly("industry|null");
        assertThat(database.value("SELECT count(*) FROM tideline.profile_changes"))
                .isEqualTo("3");
    }

    @Test
    void ofPatchesOfOneInstantTheLaterArrivalWins() throws Exception {
        ProfilePatch one = new ProfilePatch(ANNA, hours(1), Map.of("account_type", "\"free\""), null, null);
        ProfilePatch other = new ProfilePatch(ANNA, hours(1), Map.of("account_type", "\"paid\""), null, null);

        write(ProfileRows.of(one, null), ProfileRows.of(other, null));
        assertThat(database.value("SELECT account_type FROM tideline.users")).isEqualTo("paid");
        write(ProfileRows.of(one, null));
        assertThat(database.value("SELECT account_type FROM tideline.users")).isEqualTo("free");
    }

    @Test
    void keepsTheFullerOfTwoSessionsThatBeganTogether() throws Exception {
        write(Rows.of(ANNA, Samples.session(BEGINNING, Duration.ofMinutes(20), 9)));
        write(Rows.of(ANNA, Samples.session(BEGINNING, Duration.ofMinutes(10), 4)));

        assertThat(database.rows("SELECT events, mood_mean, ended_at - started_at FROM tideline.sessions"))
                .containsExactly("9|0.4|00:20:00");
    }

    @Test
    void keepsFactsByTheNamesOfTheContract() throws Exception {
        write(Rows.of(Fact.ofText(Samples.feedback(1, ANNA, BEGINNING), Samples.SAD, false), null, true));

        assertThat(
                        database.rows(
                                "SELECT kind, fact -> 'text' ->> 'negative_of_last5', fact -> 'text' ->> 'crisis' FROM tideline.facts"))
                .containsExactly("text|1|none");
    }

    @Test
    void anAlertNeverFallsInLevelNorGoesBackInStatus() throws Exception {
        write(Rows.of(alert(ANNA, 1, Change.OPENED, Level.AMBER, Status.OPEN)));
        write(
                Rows.of(alert(ANNA, 3, Change.ACKNOWLEDGED, Level.RED, Status.ACKNOWLEDGED)),
                Rows.of(alert(ANNA, 2, Change.ESCALATED, Level.RED, Status.OPEN)));
        // After a restart the same revisions may come again, and differ.
        write(Rows.of(alert(ANNA, 3, Change.UPDATED, Level.AMBER, Status.OPEN)));
        assertThat(alerts()).containsExactly("RED|acknowledged|3");

        write(Rows.of(alert(ANNA, 2, Change.ESCALATED, Level.CRISIS, Status.OPEN)));
        assertThat(alerts()).containsExactly("CRISIS|acknowledged|3");

        write(Rows.of(alert(ANNA, 4, Change.RESOLVED, Level.RED, Status.RESOLVED)));
        write(Rows.of(alert(ANNA, 5, Change.REOPENED, Level.RED, Status.OPEN)));
        assertThat(alerts()).containsExactly("CRISIS|open|5");
    }

    @Test
    void anyOrderOfAnAlertsMessagesEndsAlike() throws Exception {
        List<List<StoreRow>> messages = List.of(
                Rows.of(alert(ANNA, 1, Change.OPENED, Level.AMBER, Status.OPEN)),
                Rows.of(alert(ANNA, 2, Change.ESCALATED, Level.CRISIS, Status.OPEN)),
                Rows.of(alert(ANNA, 3, Change.ACKNOWLEDGED, Level.CRISIS, Status.ACKNOWLEDGED)),
                Rows.of(alert(ANNA, 4, Change.RESOLVED, Level.CRISIS, Status.RESOLVED)));
        for (long seed = 0; seed < 20; seed++) {
            database.run("TRUNCATE tideline.risk_alerts");
            List<List<StoreRow>> shuffled = new ArrayList<>(messages);
            Collections.shuffle(shuffled, new Random(seed));
            for (List<StoreRow> message : shuffled) {
                write(message);
            }
            assertThat(alerts()).as("seed %d", seed).containsExactly("CRISIS|resolved|4");
        }
    }

    @Test
    void membershipMovesToHigherSequencesOnly() throws Exception {
        write(Rows.of(Samples.segmentChange(ANNA, 2, false)), Rows.of(Samples.segmentChange(ANNA, 1, true)));
        write(Rows.of(Samples.segmentChange(ANNA, 1, true)));

        assertThat(database.rows("SELECT member, sequence, reason FROM tideline.segment_membership"))
                .containsExactly("f|2|expiry");
        assertThat(database.rows("SELECT sequence, change FROM tideline.segment_changes ORDER BY 1"))
                .containsExactly("1|entered", "2|exited");
    }

    @Test
    void keepsEachVersionOfASegmentAndWhenItWasRemoved() throws Exception {
        String document = "{\"kind\":\"segment\",\"id\":\"power-users\",\"version\":%d,\"name\":\"Power\",\"when\":{}}";
        write(Rows.of(new RuleRecord("segment/power-users", document.formatted(1), hours(1))));
        write(Rows.of(new RuleRecord("segment/power-users", document.formatted(2), hours(2))));
        write(Rows.of(new RuleRecord("segment/power-users", null, hours(3))));
        write(Rows.of(new RuleRecord("pattern/other", "{}", hours(3))));

        assertThat(database.rows("SELECT version, name, mode, removed_at = '%s' FROM tideline.segment_definitions"
                        .formatted(hours(3))))
                .containsExactly("1|Power|live|t", "2|Power|live|t");
    }

    @Test
    void keepsConsentKeysAndWhatStaffDid() throws Exception {
        write(
                Rows.of(new PrivacyRequest(ANNA, hours(1), false, List.of(Purpose.SEGMENTATION))),
                Rows.ofKey(ANNA, Samples.id(7), sealed("key one"), hours(1)),
                Rows.ofKey(ANNA, Samples.id(8), sealed("key two"), hours(2)),
                Rows.of(new StaffAction(
                        Samples.id(9),
                        ANNA,
                        ANNA + "/1",
                        StaffAction.Kind.RESOLVE,
                        "kim",
                        hours(3),
                        "unclear",
                        null,
                        sealed("note"))));

        assertThat(database.rows("SELECT risk_detection, segmentation, text_analysis FROM tideline.consents"))
                .containsExactly("f|t|f");
        assertThat(database.rows("SELECT convert_from(wrapped_key, 'UTF8') FROM tideline.data_keys ORDER BY 1"))
                .containsExactly("key one", "key two");
        assertThat(database.rows("SELECT actor, action, subject, detail ->> 'outcome' FROM tideline.audit_log"))
                .containsExactly("kim|alert.resolve|" + ANNA + "/1|unclear");
    }

    @Test
    void theSameRowsTwiceLeaveTheSameContent() throws Exception {
        List<StoreRow> rows = new ArrayList<>();
        for (String user : List.of(ANNA, BERT)) {
            rows.addAll(EventRows.of(Samples.feedback(1, user, hours(1)), null));
            rows.addAll(EventRows.of(Samples.comment(2, user, hours(2)), null));
            rows.addAll(ProfileRows.of(
                    new ProfilePatch(
                            user,
                            hours(1),
                            Map.of("account_type", "\"free\"", "properties.industry", "\"SaaS\""),
                            null,
                            sealed("pii")),
                    null));
            rows.addAll(Rows.of(user, Samples.session(BEGINNING, Duration.ofMinutes(20), 9)));
            rows.addAll(Rows.of(Fact.ofText(Samples.feedback(1, user, hours(1)), Samples.SAD, false), null, true));
            rows.addAll(Rows.of(alert(user, 1, Change.OPENED, Level.RED, Status.OPEN)));
            rows.addAll(Rows.of(Samples.segmentChange(user, 1, true)));
            rows.addAll(Rows.of(new PrivacyRequest(user, hours(1), false, List.of())));
            rows.addAll(Rows.ofKey(user, Samples.id(7), sealed("key"), hours(1)));
        }
        write(rows);
        List<String> once = content();

        write(rows);
        write(rows, rows);

        assertThat(content()).isEqualTo(once).hasSizeGreaterThan(20);
    }

    private List<String> alerts() {
        return database.rows("SELECT level, status, revision FROM tideline.risk_alerts");
    }

    private List<String> content() {
        List<String> content = new ArrayList<>();
        for (Table table : Table.values()) {
            database.rows("SELECT t FROM tideline." + table.sqlName() + " t ORDER BY t::text")
                    .forEach(row -> content.add(table + " " + row));
        }
        return content;
    }
}
