package dev.tideline.job.demo;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What the demo says about itself. */
final class Words {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private Words() {}

    static String beginning(DemoOptions options, Script script) {
        String who = options.events() == null
                ? options.users() + " made-up people (seed " + options.seed() + ")"
                : "the events of " + options.events();
        return "Tideline demo: %s, from %s on, %s days a minute up to now, then in real time.%n"
                        .formatted(who, TIME.format(script.start()), plain(options.speed()))
                + "Starting Kafka, PostgreSQL, Flink and the job; Ctrl-C stops everything.";
    }

    static List<String> addresses(Surroundings surroundings, DemoFolder folder, int uiPort) {
        String kafka = surroundings.kafka().bootstrap();
        int postgres = surroundings.postgres().port();
        return List.of(
                "",
                "  Flink web UI  http://localhost:" + uiPort,
                "  Kafka         " + kafka,
                "  PostgreSQL    " + surroundings.postgres().jdbcUrl() + " (user "
                        + surroundings.postgres().user() + ", no password)",
                "  Data          " + folder.path() + (folder.isKept() ? "" : " (deleted at the end)"),
                "  Log           " + System.getProperty("tideline.log", "the log file of this process"),
                "",
                "Look inside, from another terminal:",
                "  psql -h localhost -p " + postgres
                        + " -U postgres -c \"SELECT alert_id, level, status, due_at, summary"
                        + " FROM tideline.risk_alerts WHERE status <> 'resolved' ORDER BY due_at\"",
                "  psql -h localhost -p " + postgres + " -U postgres -c \"SELECT segment, count(*)"
                        + " FROM tideline.segment_membership GROUP BY segment\"",
                "  kafka-console-consumer.sh --bootstrap-server " + kafka
                        + " --topic risk-alerts --from-beginning --isolation-level read_committed",
                "  curl -s http://localhost:" + uiPort + "/jobs/overview",
                "");
    }

    static String status(long events, Tally tally, String lag, Pace pace) {
        return "events in %,d · alert messages %,d · segment changes %,d · dead letters %,d · lag %s · %s%s"
                .formatted(
                        events,
                        tally.alerts(),
                        tally.changes(),
                        tally.deadLetters(),
                        lag,
                        TIME.format(pace.now()),
                        pace.isRealTime() ? " (real time)" : "");
    }

    /** The innermost reason, in one line. */
    static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return message.replaceAll("\\s*\\R\\s*", " ");
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
