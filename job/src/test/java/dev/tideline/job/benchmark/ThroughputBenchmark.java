package dev.tideline.job.benchmark;

import dev.tideline.job.demo.EmbeddedPostgresServer;
import dev.tideline.job.store.Migrations;
import dev.tideline.nlp.TextScorer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Measures the job against its ceiling, in one run, on the same full topic; prints the table of {@code benchmarks.md}. */
final class ThroughputBenchmark {
    private static final String EVENTS = "events-without-text";
    private static final String TEXTS = "events-with-text";
    private static final String WRITTEN = "written-by-the-ceiling";

    private final Places places;
    private final LiveRun job;
    private final int events;
    private final List<String> texts;
    private double ceiling;

    private ThroughputBenchmark(Places places, LiveRun job, int events, List<String> texts) {
        this.places = places;
        this.job = job;
        this.events = events;
        this.texts = texts;
    }

    /** Arguments: how many events (1,000,000), how many texts (5,000). */
    public static void main(String[] arguments) throws Exception {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int texts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5_000;
        Path folder = Files.createTempDirectory("tideline-benchmark");
        try (Places places = Places.start(folder, List.of(EVENTS, TEXTS, WRITTEN));
                EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(folder.resolve("postgres"), 0, true)) {
            Migrations.apply(postgres.jdbcUrl(), postgres.user(), "");
            LiveRun job = new LiveRun(folder, places.bootstrap(), postgres.jdbcUrl(), Places.masterKey());
            new ThroughputBenchmark(places, job, events, Texts.of(texts)).run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        places.fill(EVENTS, out -> new Traffic().withoutText(events, out));
        places.fill(TEXTS, out -> new Traffic().withText(texts, out));
        long all = events + Traffic.extra();
        runCeiling();
        ceiling = runCeiling();
        print("Kafka, decode, write, Kafka (the ceiling)", ceiling);
        print("the job, no text, ledger off, RocksDB", job.eventsASecond(EVENTS, all, false, "rocksdb"));
        print("the job, no text, ledger off, heap", job.eventsASecond(EVENTS, all, false, "hashmap"));
        print("the job, no text, PostgreSQL, RocksDB", job.eventsASecond(EVENTS, all, true, "rocksdb"));
        print("the ceiling again", runCeiling());
        texts.stream().limit(200).forEach(TextScorer.shared()::score);
        print("the scorer alone, one thread", scorer(1));
        print("the scorer alone, two threads", scorer(2));
        long allTexts = texts.size() + Traffic.extra();
        print("the job, each event a new text", job.eventsASecond(TEXTS, allTexts, true, "rocksdb"));
    }

    private double runCeiling() throws Exception {
        StreamExecutionEnvironment environment = Places.environment();
        Ceiling.define(environment, places.bootstrap(), EVENTS, WRITTEN);
        Watch watch = Watch.begin();
        environment.execute();
        return watch.events() / watch.seconds();
    }

    private double scorer(int threads) throws InterruptedException {
        long started = System.nanoTime();
        List<Thread> workers = IntStream.range(0, threads)
                .mapToObj(worker -> new Thread(() -> {
                    for (int text = worker; text < texts.size(); text += threads) {
                        TextScorer.shared().score(texts.get(text));
                    }
                }))
                .toList();
        workers.forEach(Thread::start);
        for (Thread worker : workers) {
            worker.join();
        }
        return texts.size() / ((System.nanoTime() - started) / 1e9);
    }

    private void print(String what, double aSecond) {
        System.out.printf(Locale.ROOT, "| %s | %.3f | %,.0f |%n", what, aSecond / ceiling, aSecond);
    }
}
