package dev.tideline.job.benchmark;

import dev.tideline.job.LiveJob;
import dev.tideline.job.rules.RuleFiles;
import dev.tideline.job.score.Scorer;
import dev.tideline.job.settings.Settings;
import dev.tideline.job.settings.SettingsReader;
import dev.tideline.job.store.DatabaseLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The whole job as {@code run} starts it, on a topic that is full already, until all of it was evaluated and stored. */
final class LiveRun {
    private static final String RULES = """
            kind: segment
            id: opened
            version: 1
            name: Sent the very first event
            when: { performed: opened }
            ---
            kind: segment
            id: finished
            version: 1
            name: Sent one of the last events
            when: { performed: finished }
            """;

    private final Path folder;
    private final String bootstrap;
    private final String jdbcUrl;
    private final String masterKey;

    LiveRun(Path folder, String bootstrap, String jdbcUrl, String masterKey) {
        this.folder = folder;
        this.bootstrap = bootstrap;
        this.jdbcUrl = jdbcUrl;
        this.masterKey = masterKey;
    }

    /**
     * Runs the job.
     *
     * @param events how many the topic holds
     * @return events a second, from the first event until all was evaluated, and with a ledger until all was stored
     */
    double eventsASecond(String topic, long events, boolean ledger, String stateBackend) throws Exception {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(rules.resolve("benchmark.yaml"), RULES);
        Settings settings = SettingsReader.parse(
                "benchmark", settings(topic, rules, stateBackend), name -> name.equals("KEY") ? masterKey : null);
        StreamExecutionEnvironment environment = Places.environment();
        LiveJob.define(
                environment,
                settings,
                RuleFiles.read(true, rules).rules(),
                Scorer.SHIPPED,
                new WatchedLedger(ledger ? new DatabaseLedger(settings.database()) : null));
        Watch watch = Watch.begin();
        JobClient job = environment.executeAsync();
        watch.awaitEnd();
        if (ledger) {
            awaitRows(events);
        }
        double seconds = watch.seconds();
        job.cancel().get(1, TimeUnit.MINUTES);
        System.out.printf(
                "  %d events in %.1f s, %d of them late; the first event was %sfound by its rule%n",
                watch.events(), seconds, watch.late(), watch.foundTheFirst() ? "" : "NOT ");
        return events / seconds;
    }

    private void awaitRows(long events) throws Exception {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, "postgres", "");
                Statement statement = connection.createStatement()) {
            long rows = 0;
            while (rows < events) {
                try (ResultSet result = statement.executeQuery(
                        "SELECT count(*), count(*) FILTER (WHERE late) FROM tideline.behavioral_events")) {
                    result.next();
                    rows = result.getLong(1);
                    System.out.printf("  rows: %d, late: %d%n", rows, result.getLong(2));
                }
                TimeUnit.MILLISECONDS.sleep(300);
            }
            statement.execute("TRUNCATE tideline.behavioral_events, tideline.facts, tideline.sessions");
        }
    }

    private String settings(String topic, Path rules, String stateBackend) {
        return """
                kafka:
                  bootstrap: %s
                  group: benchmark-%s
                  topics: { behavioral-events: %s }
                database: { url: "%s", user: postgres, password: none }
                consent: { default: grant }
                keys: { master: "${env:KEY}" }
                rules: { directory: "%s" }
                text: { cache-size: 0 }
                job: { parallelism: 2, state-backend: %s, checkpoint-directory: "%s" }
                """.formatted(
                        bootstrap,
                        System.nanoTime(),
                        topic,
                        jdbcUrl,
                        rules,
                        stateBackend,
                        folder.resolve("checkpoints").toUri());
    }
}
