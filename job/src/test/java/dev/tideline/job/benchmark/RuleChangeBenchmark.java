package dev.tideline.job.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.job.LiveJob;
import dev.tideline.job.rules.RuleFiles;
import dev.tideline.job.rules.storm.Change;
import dev.tideline.job.rules.storm.Flow;
import dev.tideline.job.rules.storm.Reported;
import dev.tideline.job.rules.storm.RuleHistory;
import dev.tideline.job.rules.storm.RuleSpec;
import dev.tideline.job.rules.storm.RuleSpec.Shape;
import dev.tideline.job.rules.storm.Signals;
import dev.tideline.job.rules.storm.StormPlan;
import dev.tideline.job.rules.storm.Told;
import dev.tideline.job.rules.storm.Traffic;
import dev.tideline.job.score.Scorer;
import dev.tideline.job.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Measures, while events flow, how soon a rule that is written to the topic is live, and whether the events notice: prints the
 * table of {@code benchmarks.md}.
 */
final class RuleChangeBenchmark {
    private static final long STAYS_BEHIND = 10_000;
    private static final int WARM_UP_MILLIS = 20_000;
    private static final int BETWEEN_CHANGES_MILLIS = 250;
    private static final int WITNESSES = 1_000;
    private static final int SLOTS = 20;

    private final Places places;
    private final Traffic traffic;
    private final KafkaProducer<String, String> producer;
    private final Told statuses;
    private final Told alerts;
    private final Flow flow;
    private final List<Change> changes = new ArrayList<>();
    private final List<Long> untilLive = new ArrayList<>();

    private RuleChangeBenchmark(Places places, int perSecond) {
        this.places = places;
        traffic = new Traffic(7, perSecond, WITNESSES, SLOTS);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", places.bootstrap()), new StringSerializer(), new StringSerializer());
        statuses = new Told(places.bootstrap(), "rule-status");
        alerts = new Told(places.bootstrap(), "risk-alerts");
        flow = new Flow(
                places.bootstrap(), Places.PARTITIONS, traffic, System.currentTimeMillis(), () -> Long.MAX_VALUE);
    }

    /** Arguments: how many changes (200), events a second (10000), the state backend (hashmap). */
    public static void main(String[] arguments) throws Exception {
        int changes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        int perSecond = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        String stateBackend = arguments.length > 2 ? arguments[2] : "hashmap";
        Path folder = Files.createTempDirectory("tideline-benchmark");
        try (Places places = Places.start(folder, List.of())) {
            JobClient job = submit(folder, places.bootstrap(), stateBackend);
            new RuleChangeBenchmark(places, perSecond).run(changes);
            job.cancel().get(1, TimeUnit.MINUTES);
        }
        System.exit(0);
    }

    private static JobClient submit(Path folder, String bootstrap, String stateBackend) throws Exception {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(rules.resolve("last.json"), StormPlan.LAST.json());
        Files.writeString(rules.resolve("steady.json"), StormPlan.STEADY.json());
        String settings = """
                kafka: { bootstrap: "%s" }
                database: { url: "jdbc:postgresql://localhost/none", user: none, password: none }
                event-time: { out-of-orderness: %dms }
                consent: { default: grant }
                keys: { master: "${env:KEY}" }
                job: { parallelism: 2, state-backend: %s, checkpoint-directory: "%s" }
                """.formatted(
                        bootstrap,
                        STAYS_BEHIND,
                        stateBackend,
                        folder.resolve("checkpoints").toUri());
        StreamExecutionEnvironment environment = Places.environment();
        LiveJob.define(
                environment,
                SettingsReader.parse("benchmark", settings, name -> Places.masterKey()),
                RuleFiles.read(true, rules).rules(),
                Scorer.SHIPPED,
                new StreamLedger());
        return environment.executeAsync();
    }

    private void run(int count) throws Exception {
        changes.addAll(StormPlan.before(System.currentTimeMillis()));
        flow.start();
        if (!alerts.await(told -> !told.isEmpty())) {
            throw new IllegalStateException("nothing comes of the events");
        }
        quietly(WARM_UP_MILLIS);
        change(count / 10);
        untilLive.clear();
        Stream without = Stream.watch();
        quietly(count * BETWEEN_CHANGES_MILLIS);
        Stream with = Stream.watch();
        change(count);
        Stream.watch();
        flow.endAt(flow.frontier() + 1_000);
        flow.finish(STAYS_BEHIND);
        Set<String> everyone = Set.copyOf(traffic.witnesses());
        alerts.await(told -> Reported.whoRaised(told, StormPlan.LAST.id()).equals(everyone));
        print(without, with);
    }

    private static void quietly(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    private void change(int count) throws Exception {
        int version = changes.size();
        for (int number = 0; number < count; number++) {
            Change change = next(version + number, number % SLOTS);
            long at = System.nanoTime();
            producer.send(new ProducerRecord<>("rules", null, change.at(), change.key(), change.document()))
                    .get();
            awaitLive(change);
            untilLive.add(System.nanoTime() - at);
            changes.add(change);
            quietly(BETWEEN_CHANGES_MILLIS);
        }
    }

    /** A single one or a pair, each time at another slot: so the first of each is new, those after it replace it. */
    private Change next(int version, int slot) {
        Shape shape = slot % 2 == 0 ? Shape.SINGLE : Shape.PAIR;
        RuleSpec rule = RuleSpec.live(shape, "changing-" + slot, version, slot, 80 + version % 20);
        Change change = Change.of(System.currentTimeMillis(), rule);
        traffic.around(List.of(change));
        return change;
    }

    private void awaitLive(Change change) {
        String at = Instant.ofEpochMilli(change.at()).toString();
        int from = statuses.messages().size();
        while (statuses.messages().stream().skip(from).noneMatch(status -> isLive(status, change, at))) {
            statuses.readOn(Duration.ofMillis(200));
        }
    }

    private static boolean isLive(JsonNode status, Change change, String at) {
        return status.path("rule").asText().equals(change.key())
                && status.path("status").asText().equals("LIVE")
                && status.path("at").asText().equals(at);
    }

    private void print(Stream without, Stream with) {
        untilLive.sort(null);
        System.out.printf(
                Locale.ROOT,
                "| from the record's writing to LIVE, %d changes | median %d ms | 99 %% %d ms | longest %d ms |%n",
                untilLive.size(),
                millis(0.5),
                millis(0.99),
                millis(1));
        print("without changes", without);
        print("with changes", with);
        Set<String> foreseen = Signals.foreseen(new RuleHistory(changes), traffic.probes());
        Set<String> told = Reported.signals(alerts.messages());
        Set<String> missed = new TreeSet<>(foreseen);
        missed.removeAll(told);
        Set<String> extra = new TreeSet<>(told);
        extra.removeAll(foreseen);
        System.out.printf(
                Locale.ROOT,
                "| %,d events, %,d signals foreseen | missed: %d | not foreseen: %d |%n",
                traffic.events(),
                foreseen.size(),
                missed.size(),
                extra.size());
    }

    private long millis(double share) {
        int index = (int) Math.ceil(share * untilLive.size()) - 1;
        return TimeUnit.NANOSECONDS.toMillis(untilLive.get(Math.max(0, index)));
    }

    private static void print(String what, Stream stream) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f events a second | longest gap of a task %d ms | behind the wall clock: median %d ms, 99 %% %d ms,"
                        + " most %d ms |%n",
                what,
                stream.eventsASecond(),
                stream.longestGap(),
                stream.lag(0.5),
                stream.lag(0.99),
                stream.lag(1));
    }
}
