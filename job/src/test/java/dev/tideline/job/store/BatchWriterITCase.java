package dev.tideline.job.store;

import static dev.tideline.job.store.Samples.ANNA;
import static dev.tideline.job.store.Samples.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tideline.job.demo.EmbeddedPostgresServer;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.PrivacyRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchWriterITCase {
    private static BatchWriter writer(JdbcConnectionOptions options, Patience patience, Progress progress) {
        return new BatchWriter(new SimpleJdbcConnectionProvider(options), new PartitionsAhead(24), patience, progress);
    }

    private static List<StoreRow> pageViews(int from, int to) {
        List<StoreRow> rows = new ArrayList<>();
        for (int number = from; number < to; number++) {
            rows.add(EventRows.of(Samples.pageView(number, ANNA, hours(0).plusSeconds(number)), null)
                    .get(0));
        }
        return rows;
    }

    private static StoreRow staredAt(int number) {
        String context = "{\"interaction_type\":\"stare\",\"content_id\":\"" + Samples.GUIDE + "\"}";
        Event event = Samples.event(number, ANNA, "content_interaction", hours(1), context);
        return EventRows.of(event, null).stream()
                .filter(row -> row.table() == Table.INTERACTIONS)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void findsTheOneRefusedRowAmongAThousandAndWritesAllOthers() throws Exception {
        Database database = Database.migrated();
        List<StoreRow> rows = pageViews(0, 999);
        rows.add(500, staredAt(500));
        try (BatchWriter writer = writer(database.options(), Patience.WITHOUT_END, new Silent())) {
            assertThat(writer.write(rows)).containsExactly(new RefusedRow(staredAt(500), "23514"));
        }

        assertThat(database.value("SELECT count(*) FROM tideline.behavioral_events"))
                .isEqualTo("999");
        assertThat(database.value("SELECT count(*) FROM tideline.interactions")).isEqualTo("0");
    }

    @Test
    void findsEveryRowThatIsNoValueOfItsType() throws Exception {
        Database database = Database.migrated();
        StoreRow noUuid = StoreRow.of(Table.CONSENTS, "nobody", hours(1).toString(), "true", "true", "true");
        StoreRow noTime = StoreRow.of(Table.CONSENTS, ANNA, "yesterday-ish", "true", "true", "true");
        StoreRow good = StoreRow.of(Table.CONSENTS, ANNA, hours(1).toString(), "true", "true", "true");
        try (BatchWriter writer = writer(database.options(), Patience.WITHOUT_END, new Silent())) {
            assertThat(writer.write(List.of(noUuid, good, noTime)))
                    .extracting(RefusedRow::row, RefusedRow::sqlState)
                    .containsExactly(tuple(noUuid, "22P02"), tuple(noTime, "22007"));
        }
        assertThat(database.value("SELECT count(*) FROM tideline.consents")).isEqualTo("1");
    }

    @Test
    void waitsForADatabaseThatIsStoppedInTheMiddleAndLosesNothing(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(folder, 0, true)) {
            Migrations.apply(server.jdbcUrl(), server.user(), "");
            Database database = Database.at(server.jdbcUrl());
            CountDownLatch firstBatchIn = new CountDownLatch(1);
            CountDownLatch away = new CountDownLatch(1);
            Progress progress = new Silent() {
                @Override
                public void written(Table table, int rows) {
                    firstBatchIn.countDown();
                }

                @Override
                public void waiting(boolean isAway) {
                    if (isAway) {
                        away.countDown();
                    }
                }
            };
            Patience patience = new Patience(Duration.ofMillis(20), Duration.ofMillis(200), Integer.MAX_VALUE);
            BatchWriter writer = writer(database.options(), patience, progress);
            CountDownLatch stopped = new CountDownLatch(1);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try (writer) {
                    assertThat(writer.write(pageViews(0, 100))).isEmpty();
                    assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
                    assertThat(writer.write(pageViews(100, 200))).isEmpty();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            });

            assertThat(firstBatchIn.await(60, TimeUnit.SECONDS)).isTrue();
            server.stop();
            stopped.countDown();
            assertThat(away.await(60, TimeUnit.SECONDS)).isTrue();
            server.start();
            writing.get(60, TimeUnit.SECONDS);

            assertThat(database.value("SELECT count(DISTINCT event_id) || ' of ' || count(*)"
                            + " FROM tideline.behavioral_events"))
                    .isEqualTo("200 of 200");
        }
    }

    @Test
    void givesUpWhenItsPatienceEnds() {
        JdbcConnectionOptions nowhere =
                Database.at("jdbc:postgresql://localhost:1/nowhere").options();
        Patience short3 = new Patience(Duration.ofMillis(1), Duration.ofMillis(1), 3);
        try (BatchWriter writer = writer(nowhere, short3, new Silent())) {
            assertThatThrownBy(() -> writer.write(pageViews(0, 1)))
                    .isInstanceOf(DatabaseAwayException.class)
                    .hasMessageContaining("08001");
        }
    }

    @Test
    void asksForAPersonWhereThereIsNoSchema() {
        Database empty = Database.empty();
        try (BatchWriter writer = writer(empty.options(), Patience.WITHOUT_END, new Silent())) {
            assertThatThrownBy(() -> writer.write(pageViews(0, 1)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("tideline migrate");
        }
    }

    @Test
    void needsNoMoreThanTheRightsOfTheJobsOwnRole() throws Exception {
        Database database = Database.migrated();
        JdbcConnectionOptions asJob = Database.at(database.url() + "?options=-c%20role%3Dtideline_job")
                .options();
        List<StoreRow> rows = pageViews(0, 10);
        rows.addAll(Rows.of(Samples.segmentChange(ANNA, 1, true)));
        rows.addAll(Rows.of(new PrivacyRequest(ANNA, hours(9), true, List.of())));
        try (BatchWriter writer = writer(asJob, Patience.WITHOUT_END, new Silent())) {
            assertThat(writer.write(rows)).isEmpty();
        }

        assertThat(database.value("SELECT count(*) FROM tideline.erasures")).isEqualTo("1");
        assertThat(database.value("SELECT count(*) FROM tideline.behavioral_events"))
                .isEqualTo("0");
    }
}
