package dev.tideline.job.demo;

import dev.tideline.job.rules.RuleFiles;
import dev.tideline.job.settings.Settings;
import dev.tideline.nlp.TextScorer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything in one process tree: broker, database, Flink with its web UI, the job, a platform that writes and a support
 * person who reacts; and what the job tells, on the screen. It ends after its duration, by a signal or by a fault, and then
 * stops all it started.
 */
public final class Demo {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final Duration STATUS_ON_TERMINAL = Duration.ofSeconds(1);
    private static final Duration STATUS_ELSEWHERE = Duration.ofSeconds(10);
    private static final int PREFERRED_UI_PORT = 8081;

    private final DemoOptions options;
    private final Screen screen;
    private final Ending ending = new Ending();
    private final Tally tally = new Tally();
    private final List<Thread> workers = new ArrayList<>();

    private Demo(DemoOptions options, Screen screen) {
        this.options = options;
        this.screen = screen;
    }

    /**
     * Runs a demo to its end.
     *
     * @return the exit code: 0 after its duration, 1 after a fault, 130 after Ctrl-C, 143 after SIGTERM
     * @throws RefusedStartException if something that was asked for cannot be done
     */
    public static int run(DemoOptions options) throws RefusedStartException {
        return new Demo(options, Screen.standard()).run();
    }

    private int run() throws RefusedStartException {
        RuleFiles rules = rules();
        checkPorts();
        try (DemoFolder folder = DemoFolder.take(options.directory())) {
            Script script = Script.open(options, folder, Instant.now());
            Signals.end(ending);
            // The language models take some seconds to load: by the time the job needs them, they are there.
            daemon("language-models", TextScorer::shared);
            screen.say(Words.beginning(options, script));
            try (Surroundings surroundings = Surroundings.start(folder, options.ports())) {
                runIn(folder, surroundings, rules, script);
            }
        } catch (IOException | CompletionException failed) {
            failed("the demo could not start", failed);
        }
        screen.say("Stopped: nothing is left running.");
        return ending.exitCode();
    }

    private void runIn(DemoFolder folder, Surroundings surroundings, RuleFiles rules, Script script)
            throws IOException {
        if (ending.hasCome()) {
            return;
        }
        Settings settings = DemoSettings.of(options, folder, surroundings);
        int uiPort = options.ports().ui() != 0
                ? options.ports().ui()
                : Surroundings.isFree(PREFERRED_UI_PORT) ? PREFERRED_UI_PORT : Surroundings.freePort();
        try (Reporter reporter = new Reporter(settings.kafka(), screen, tally)) {
            try (RunningJob job = RunningJob.start(folder, settings, rules, uiPort)) {
                Words.addresses(surroundings, folder, uiPort).forEach(screen::say);
                job.awaitRunning(ending);
                job.onFailure(() -> failed("the job ended by itself", null));
                play(script, settings, folder, reporter);
            } catch (Exception refused) {
                failed("Flink did not run the job", refused);
            }
            screen.clearStatus();
            reporter.finish();
        }
        summary(surroundings);
    }

    /** The demo itself, once everything runs. */
    private void play(Script script, Settings settings, DemoFolder folder, Reporter reporter) {
        Pace pace = new Pace(script.start(), options.speed(), Instant::now);
        Platform platform = new Platform(
                script.remaining(),
                pace,
                settings.kafka(),
                ending,
                script.written(),
                written -> Script.noteWritten(folder, written));
        worker("platform", platform);
        worker("reporter", () -> reporter.tellUntil(ending));
        worker("support", () -> {
            try (SupportPerson support = new SupportPerson(settings.kafka(), pace)) {
                support.workUntil(ending);
            }
        });
        try (Lag lag = new Lag(settings.kafka())) {
            watch(platform, pace, lag);
        }
        join();
    }

    private void watch(Platform platform, Pace pace, Lag lag) {
        Duration every = screen.isOnTerminal() ? STATUS_ON_TERMINAL : STATUS_ELSEWHERE;
        Instant end = options.duration() == null ? Instant.MAX : Instant.now().plus(options.duration());
        while (!ending.hasCome()) {
            Duration left = end.equals(Instant.MAX) ? every : Duration.between(Instant.now(), end);
            if (left.isNegative() || left.isZero()) {
                ending.end(Ending.GOOD);
            } else if (!ending.await(left.compareTo(every) < 0 ? left : every)) {
                screen.status(Words.status(platform.events(), tally, lag.words(), pace));
            }
        }
    }

    private void summary(Surroundings surroundings) {
        screen.say("");
        screen.say("Summary of this run");
        tally.lines().forEach(screen::say);
        try {
            Map<String, Long> rows = Tables.rows(
                    surroundings.postgres().jdbcUrl(), surroundings.postgres().user());
            screen.say("Rows by table:");
            rows.forEach((table, count) -> screen.say("  %-22s %,9d".formatted(table, count)));
        } catch (SQLException away) {
            screen.say("Rows by table: the database does not answer.");
        }
    }

    private RuleFiles rules() throws RefusedStartException {
        try {
            RuleFiles files = RuleFiles.read(true, options.rules());
            if (!files.problems().isEmpty()) {
                throw new RefusedStartException("--rules: " + files.problems().get(0));
            }
            return files;
        } catch (IOException unreadable) {
            throw new RefusedStartException("--rules: cannot read " + options.rules());
        }
    }

    private void checkPorts() throws RefusedStartException {
        for (Map.Entry<String, Integer> port : Map.of(
                        "--ui-port", options.ports().ui(),
                        "--kafka-port", options.ports().kafka(),
                        "--postgres-port", options.ports().postgres())
                .entrySet()) {
            boolean ourOwnMayHaveIt = port.getKey().equals("--postgres-port") && options.directory() != null;
            if (port.getValue() != 0 && !ourOwnMayHaveIt && !Surroundings.isFree(port.getValue())) {
                throw new RefusedStartException(port.getKey() + ": " + port.getValue() + " is in use");
            }
        }
    }

    /** Ends the demo by a fault; what comes after the end is of no interest. */
    private void failed(String what, @Nullable Exception cause) {
        if (ending.end(Ending.FAILED)) {
            screen.say("tideline: " + what + (cause == null ? "" : ": " + Words.reason(cause)) + " (details: "
                    + System.getProperty("tideline.log", "the log") + ")");
            LOG.warn(what, cause);
        }
    }

    private void worker(String name, Runnable work) {
        workers.add(daemon(name, () -> {
            try {
                work.run();
            } catch (RuntimeException fault) {
                failed("the demo's " + name + " stopped", fault);
            }
        }));
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, "demo-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void join() {
        for (Thread worker : workers) {
            try {
                worker.join(5_000);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
