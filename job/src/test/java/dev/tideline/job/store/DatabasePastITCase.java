package dev.tideline.job.store;

import static dev.tideline.job.store.Samples.ANNA;
import static dev.tideline.job.store.Samples.BEGINNING;
import static dev.tideline.job.store.Samples.BERT;
import static dev.tideline.job.store.Samples.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.job.history.Past;
import dev.tideline.job.history.Question;
import dev.tideline.job.history.Remembered;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.Purpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The past comes back in the order in which it was taken, as far as it is asked for. */
class DatabasePastITCase {
    private static final int TWO_YEARS = 24;
    private static final DatabaseReading.Size SMALL = new DatabaseReading.Size(3, 2);

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

    @Test
    void asTheJobTookIt() throws Exception {
        Instant place = hours(3);
        Event first = view(7, ANNA, hours(2));
        Event feedback = granted(Samples.feedback(3, ANNA, hours(2)));
        write(EventRows.of(first, null));
        write(EventRows.of(feedback, null));
        write(Rows.of(Fact.ofText(feedback, Samples.SAD, false), null, true));
        write(Rows.of(Fact.ofSession(ANNA, hours(2), session(), false), null, true));
        write(ProfileRows.of(free(hours(2)), null));
        write(EventRows.of(view(1, ANNA, hours(3)), null));
        // Late, in this order, though the second is older.
        write(EventRows.of(view(5, ANNA, hours(1)), micros(place, 1)));
        write(EventRows.of(view(4, ANNA, hours(0)), micros(place, 2)));
        write(ProfileRows.of(paid(hours(1)), micros(place, 3)));

        assertThat(said(asking("page_view", "feedback_given", "text", "session").and(profiles())))
                .containsExactly(
                        "profile \"free\"",
                        "session session:" + BEGINNING.toEpochMilli(),
                        "feedback_given 3",
                        "text 3",
                        "page_view 7",
                        "page_view 1",
                        "page_view 5 late",
                        "page_view 4 late",
                        "profile \"paid\"");
    }

    @Test
    void onlyKindsAndTimesThatAreAskedFor() throws Exception {
        write(
                EventRows.of(view(1, ANNA, hours(1)), null),
                EventRows.of(view(2, ANNA, hours(2)), null),
                EventRows.of(view(3, ANNA, hours(5)), null),
                EventRows.of(granted(Samples.comment(4, ANNA, hours(1))), null));

        Question lately =
                new Question(Map.of("page_view", hours(1).toEpochMilli() + 1), false, hours(5).toEpochMilli());
        assertThat(said(lately)).containsExactly("page_view 2");
        assertThat(said(new Question(Map.of(), true, hours(5).toEpochMilli()))).isEmpty();
    }

    @Test
    void whatCameLateCountsFromWhenItCame() throws Exception {
        write(EventRows.of(view(1, ANNA, hours(1)), micros(hours(6), 1)));

        assertThat(said(asking("page_view", hours(6)))).isEmpty();
        assertThat(said(asking("page_view", hours(7)))).containsExactly("page_view 1 late");
    }

    @Test
    void theLastRunOfTheJobSaysWhetherSomethingWasLate() throws Exception {
        write(EventRows.of(view(1, ANNA, hours(1)), null));
        write(EventRows.of(view(1, ANNA, hours(1)), micros(hours(6), 1)));
        write(EventRows.of(view(2, ANNA, hours(1)), micros(hours(6), 1)));
        write(EventRows.of(view(2, ANNA, hours(1)), null));

        assertThat(said(asking("page_view", hours(6)))).containsExactly("page_view 2");
    }

    @Test
    void notWhatSegmentsMayNotCountNorWhoWasErased() throws Exception {
        write(EventRows.of(Samples.pageView(1, ANNA, hours(1)), null));
        write(EventRows.of(view(2, BERT, hours(1)), null));
        assertThat(said(asking("page_view"))).containsExactly("page_view 2");

        write(Rows.of(new PrivacyRequest(BERT, hours(2), true, List.of())));
        assertThat(said(asking("page_view"))).isEmpty();
    }

    @Test
    void goesThroughManyUsersAndGoesOnAfterAnyOfThem() throws Exception {
        List<String> users = users(10);
        List<List<StoreRow>> rows = new ArrayList<>();
        for (int i = 0; i < users.size(); i++) {
            for (int event = 0; event < i % 4; event++) {
                rows.add(EventRows.of(view(100 * i + event, users.get(i), hours(event)), null));
            }
            rows.add(EventRows.of(granted(Samples.comment(100 * i + 50, users.get(i), hours(9))), null));
        }
        write(rows);
        List<String> all = keys(read(asking("page_view"), null));
        assertThat(all).hasSize(13);

        Past.Reading reading = reading(asking("page_view"), null);
        List<String> taken = new ArrayList<>();
        for (Past.Page page = reading.next(); page != null; page = reading.next()) {
            taken.addAll(keys(page.remembered()));
            String through = page.through();
            // Killed here: what was taken of users who were not through is void, and comes again.
            List<String> whole = taken.stream()
                    .filter(key -> through != null && key.compareTo(through + "~") < 0)
                    .toList();
            List<String> rest = keys(read(asking("page_view"), through));
            List<String> both = new ArrayList<>(whole);
            both.addAll(rest);
            assertThat(both).isEqualTo(all);
            assertThat(page.done()).isEqualTo(through == null ? 0 : users.indexOf(through) + 1);
            assertThat(page.users()).isEqualTo(10);
        }
        assertThat(taken).isEqualTo(all);
    }

    @Test
    void theFirstOfEachUserIsMarked() throws Exception {
        write(
                EventRows.of(view(1, ANNA, hours(1)), null),
                EventRows.of(view(2, ANNA, hours(2)), null),
                EventRows.of(view(3, ANNA, hours(3)), null),
                EventRows.of(view(4, BERT, hours(1)), null));

        assertThat(read(asking("page_view"), null))
                .extracting(Remembered::first)
                .containsExactly(true, false, false, true);
    }

    @Test
    void beginsAUserAgainWhereTheConnectionBroke() throws Exception {
        write(
                EventRows.of(view(1, ANNA, hours(1)), null),
                EventRows.of(view(2, ANNA, hours(2)), null),
                EventRows.of(view(3, ANNA, hours(3)), null));
        Past.Reading reading = reading(asking("page_view"), null);
        List<Remembered> taken = new ArrayList<>(page(reading).remembered());

        database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'past'");
        for (Past.Page page = reading.next(); page != null; page = reading.next()) {
            taken.addAll(page.remembered());
        }

        assertThat(taken).extracting(Remembered::first).containsExactly(true, false, true, false, false);
    }

    @Test
    void locksNothingWhileSomebodyLooksAtAPage() throws Exception {
        write(EventRows.of(view(1, ANNA, hours(1)), null), EventRows.of(view(2, ANNA, hours(2)), null));
        Past.Reading reading = reading(asking("page_view"), null);
        page(reading);

        assertThat(database.rows("SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
                        + " JOIN pg_stat_activity a USING (pid)"
                        + " WHERE a.application_name = 'past' AND c.relname LIKE 'behavioral_events%'"))
                .containsExactly("0");
        reading.close();
    }

    @Test
    void waitsForADatabaseThatIsAwayUntilItIsClosed() throws Exception {
        Past.Reading reading = new DatabaseReading(
                Database.at("jdbc:postgresql://localhost:1/nowhere").options(), asking("page_view"), null, SMALL);
        List<Throwable> ended = new ArrayList<>();
        Thread reader = new Thread(() -> {
            try {
                reading.next();
            } catch (InterruptedException | RuntimeException end) {
                ended.add(end);
            }
        });
        reader.start();

        reading.close();
        reader.interrupt();
        reader.join();

        assertThat(ended).singleElement().isInstanceOf(InterruptedException.class);
        assertThatThrownBy(reading::next).isInstanceOf(InterruptedException.class);
    }

    @Test
    void readsOnlyMonthsThatAreAskedFor() throws Exception {
        YearMonths.ensure(database, "2026-08", "2026-09", "2026-10");
        PastQuery query = new PastQuery(
                new Question(Map.of("page_view", hours(-48).toEpochMilli()), false, hours(1).toEpochMilli()));

        String plan = plan(query);

        assertThat(plan).contains("behavioral_events_2026_10").doesNotContain("behavioral_events_2026_08");
        assertThat(plan).doesNotContain("facts").doesNotContain("profile_changes");
    }

    private String plan(PastQuery query) throws Exception {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement("EXPLAIN ANALYZE " + query.sql())) {
            query.bind(statement, ANNA, BERT);
            StringBuilder plan = new StringBuilder();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    plan.append(result.getString(1)).append('\n');
                }
            }
            return plan.toString().replaceAll("(?m)^.*never executed.*$", "");
        }
    }

    /** Months by name. */
    private static final class YearMonths {
        static void ensure(Database database, String... months) {
            for (String month : months) {
                database.run("SELECT tideline.ensure_partition('behavioral_events', '" + month + "-01')");
            }
        }
    }

    private static List<String> users(int count) {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            users.add(new UUID(0x4000L + i, 0x8000000000000000L).toString());
        }
        return users;
    }

    private static List<String> keys(List<Remembered> remembered) {
        return remembered.stream()
                .map(one -> one.user() + " " + one.takenAtMillis())
                .toList();
    }

    private List<String> said(Question question) throws Exception {
        return read(question, null).stream().map(DatabasePastITCase::said).toList();
    }

    private static String said(Remembered one) {
        if (one.profile() != null) {
            return "profile " + one.profile().fields().get("account_type");
        }
        Fact fact = java.util.Objects.requireNonNull(one.fact());
        String id = fact.kind().equals("session") ? fact.id() : fact.id().substring(35);
        return fact.kind() + " " + id + (fact.late() ? " late" : "");
    }

    private List<Remembered> read(Question question, @Nullable String after) throws Exception {
        List<Remembered> all = new ArrayList<>();
        try (Past.Reading reading = reading(question, after)) {
            for (Past.Page page = reading.next(); page != null; page = reading.next()) {
                all.addAll(page.remembered());
            }
        }
        return all;
    }

    private Past.Reading reading(Question question, @Nullable String after) {
        var options = new org.apache.flink.connector.jdbc.JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                .withUrl(database.url())
                .withDriverName("org.postgresql.Driver")
                .withUsername("postgres")
                .withPassword("")
                .withProperty("ApplicationName", "past")
                .build();
        return new DatabaseReading(options, question, after, SMALL);
    }

    private static Past.Page page(Past.Reading reading) throws InterruptedException {
        return java.util.Objects.requireNonNull(reading.next());
    }

    private static Question asking(String... kinds) {
        Map<String, Long> all = new java.util.TreeMap<>();
        for (String kind : kinds) {
            all.put(kind, Long.MIN_VALUE);
        }
        return new Question(all, false, hours(1000).toEpochMilli());
    }

    private static Question asking(String kind, Instant until) {
        return new Question(Map.of(kind, Long.MIN_VALUE), false, until.toEpochMilli());
    }

    private static Question profiles() {
        return new Question(Map.of(), true, hours(1000).toEpochMilli());
    }

    private static ProfilePatch free(Instant at) {
        return new ProfilePatch(ANNA, at, Map.of("account_type", "\"free\""), null, null);
    }

    private static ProfilePatch paid(Instant at) {
        return new ProfilePatch(ANNA, at, Map.of("account_type", "\"paid\""), null, null);
    }

    private static dev.tideline.patterns.fact.SessionFact session() {
        return Samples.session(BEGINNING, java.time.Duration.ofMinutes(3), 2);
    }

    private static Event view(int number, String user, Instant at) {
        return granted(Samples.pageView(number, user, at));
    }

    private static Event granted(Event event) {
        return event.gated(List.of(Purpose.SEGMENTATION), event.sealedText());
    }

    private static Instant micros(Instant place, int number) {
        return Instant.ofEpochMilli(place.toEpochMilli()).plusNanos(number * 1000L);
    }

    @SafeVarargs
    private void write(List<StoreRow>... groups) throws InterruptedException {
        write(List.of(groups));
    }

    private void write(List<List<StoreRow>> groups) throws InterruptedException {
        List<StoreRow> rows = new ArrayList<>();
        groups.forEach(rows::addAll);
        assertThat(writer.write(rows)).isEmpty();
    }
}
