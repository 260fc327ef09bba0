package dev.tideline.job.store;

import static dev.tideline.job.store.Samples.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionsITCase {
    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final Instant FIRST_OF_MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant LAST_OF_MARCH = Instant.parse("2026-03-31T23:59:59.999999Z");

    private final Database database = Database.migrated();

    private void pageViews(Instant... times) {
        for (int number = 0; number < times.length; number++) {
            database.run("""
                    INSERT INTO tideline.behavioral_events
                        (user_id, event_timestamp, event_id, event_type, late, arrived_at)
                    VALUES ('%s', '%s', '%s', 'page_view', false, now())""".formatted(ANNA, times[number], Samples.id(number)));
        }
    }

    private List<String> whereTheyAre() {
        return database.rows("SELECT tableoid::regclass, event_timestamp AT TIME ZONE 'UTC'"
                + " FROM tideline.behavioral_events ORDER BY event_timestamp");
    }

    @Test
    void makesEachPartitionOnce() throws Exception {
        try (Connection connection = database.connect()) {
            assertThat(Partitions.ensure(connection, Set.of(MARCH, MARCH.plusMonths(1))))
                    .isEqualTo(14);
            assertThat(Partitions.ensure(connection, Set.of(MARCH, MARCH.plusMonths(1))))
                    .isZero();
        }
    }

    @Test
    void letsTasksMakeTheSameMonthsAtTheSameTime() throws Exception {
        Set<YearMonth> months =
                IntStream.range(0, 12).mapToObj(MARCH::plusMonths).collect(Collectors.toSet());
        Callable<Integer> task = () -> {
            try (Connection connection = database.connect()) {
                return Partitions.ensure(connection, months);
            }
        };
        ExecutorService tasks = Executors.newFixedThreadPool(4);
        try {
            int made = 0;
            for (Future<Integer> one : tasks.invokeAll(Collections.nCopies(4, task))) {
                made += one.get();
            }
            assertThat(made).isEqualTo(12 * 7);
        } finally {
            tasks.shutdown();
        }
    }

    @Test
    void movesWhatTheDefaultPartitionAlreadyHoldsOfTheMonthWhateverTheServersTimeZone() throws Exception {
        pageViews(FIRST_OF_MARCH.minusMillis(1), FIRST_OF_MARCH, LAST_OF_MARCH, LAST_OF_MARCH.plusNanos(1000));

        try (Connection connection = database.connect()) {
            connection.createStatement().execute("SET TIME ZONE 'Pacific/Auckland'");
            Partitions.ensure(connection, Set.of(MARCH));
        }

        assertThat(whereTheyAre())
                .containsExactly(
                        "tideline.behavioral_events_default|2026-02-28 23:59:59.999",
                        "tideline.behavioral_events_2026_03|2026-03-01 00:00:00",
                        "tideline.behavioral_events_2026_03|2026-03-31 23:59:59.999999",
                        "tideline.behavioral_events_default|2026-04-01 00:00:00");
    }

    @Test
    void theWriterMakesThePartitionsThatItsRowsNeedAndLeavesOutliersInTheDefaultOne() throws Exception {
        YearMonth now = YearMonth.parse(database.value("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM')"));
        String nearMonth = now.minusMonths(5).toString().replace('-', '_');
        Instant near = Instant.parse(now.minusMonths(5) + "-15T12:00:00Z");
        Instant outlier = Instant.parse("1999-12-31T00:00:00Z");
        try (BatchWriter writer = new BatchWriter(
                new SimpleJdbcConnectionProvider(database.options()),
                new PartitionsAhead(24),
                Patience.WITHOUT_END,
                new Silent())) {
            writer.write(EventRows.of(Samples.pageView(1, ANNA, near), null));
            writer.write(EventRows.of(Samples.pageView(2, ANNA, outlier), Samples.hours(9)));
        }

        assertThat(database.rows("SELECT tableoid::regclass FROM tideline.behavioral_events ORDER BY event_timestamp"))
                .containsExactly("tideline.behavioral_events_default", "tideline.behavioral_events_" + nearMonth);
        for (YearMonth ahead : Partitions.around(now)) {
            assertThat(database.value("SELECT to_regclass('tideline.facts_"
                            + ahead.toString().replace('-', '_') + "')"))
                    .isNotEqualTo("null");
        }
    }

    @Test
    void exportsAndDropsWhatIsPastKeepingOutliersToo(@TempDir Path folder) throws Exception {
        Instant outlier = Instant.parse("1999-12-31T00:00:00Z");
        pageViews(outlier, FIRST_OF_MARCH, LAST_OF_MARCH, Instant.parse("2026-04-15T00:00:00Z"));
        List<Retention.Export> exports;
        try (Connection connection = database.connect()) {
            Partitions.ensure(connection, Set.of(MARCH, MARCH.plusMonths(1)));
            exports = Retention.enforce(connection, MARCH.plusMonths(1), folder);
        }

        assertThat(whereTheyAre()).containsExactly("tideline.behavioral_events_2026_04|2026-04-15 00:00:00");
        assertThat(database.value("SELECT to_regclass('tideline.behavioral_events_2026_03')"))
                .isEqualTo("null");
        assertThat(exports)
                .filteredOn(export -> export.rows() > 0)
                .extracting(Retention.Export::name, Retention.Export::rows)
                .containsExactly(tuple("behavioral_events_2026_03", 2L), tuple("behavioral_events_default", 1L));
        assertThat(unpacked(folder.resolve("behavioral_events_2026_03.csv.gz")))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("user_id,event_timestamp,event_id");
        assertThat(database.value("SELECT detail ->> 'rows' FROM tideline.audit_log"
                        + " WHERE subject = 'behavioral_events_2026_03'"))
                .isEqualTo("2");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).allMatch(file -> file.toString().endsWith(".csv.gz"));
        }
    }

    @Test
    void finishesWhatAnEarlierRunDetachedAndOverwritesNoExport(@TempDir Path folder) throws Exception {
        pageViews(FIRST_OF_MARCH);
        try (Connection connection = database.connect()) {
            Partitions.ensure(connection, Set.of(MARCH));
            database.run("ALTER TABLE tideline.behavioral_events DETACH PARTITION tideline.behavioral_events_2026_03");
            Path earlier = Files.writeString(folder.resolve("behavioral_events_2026_03.csv.gz"), "earlier");

            Retention.enforce(connection, MARCH.plusMonths(1), folder);

            assertThat(earlier).hasContent("earlier");
            assertThat(unpacked(folder.resolve("behavioral_events_2026_03.2.csv.gz")))
                    .hasSize(2);
            assertThat(database.value("SELECT to_regclass('tideline.behavioral_events_2026_03')"))
                    .isEqualTo("null");
        }
    }

    private static List<String> unpacked(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
