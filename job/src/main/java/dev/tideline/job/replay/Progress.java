package dev.tideline.job.replay;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says how far a replay has come: which phase, how much of it, at what rate and for how long still. On a terminal in one line that
 * is written anew, elsewhere as a plain line now and then. Safe for many threads.
 *
 * <p>Owns: a thread that looks at the time · Lifecycle: until it is closed · Never: slows down what it speaks of.
 */
public final class Progress implements AutoCloseable {
    private static final Duration ON_TERMINAL = Duration.ofMillis(500);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final long MEGABYTE = 1_000_000;

    /** What a replay does, one after the other. */
    enum Phase {
        READING("reading", " MB", MEGABYTE),
        EVALUATING("evaluating", " records", 1),
        WRITING("writing", " MB", MEGABYTE);

        private final String word;
        private final String unit;
        private final long size;

        Phase(String word, String unit, long size) {
            this.word = word;
            this.unit = unit;
            this.size = size;
        }
    }

    private final @Nullable PrintWriter out;
    private final boolean terminal;
    private final @Nullable ScheduledExecutorService clock;
    private volatile long done;
    private @Nullable Phase phase;
    private long total;
    private long begun;

    private Progress(@Nullable PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        if (out == null) {
            clock = null;
            return;
        }
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        long every = (terminal ? ON_TERMINAL : ELSEWHERE).toMillis();
        clock.scheduleAtFixedRate(this::say, every, every, TimeUnit.MILLISECONDS);
    }

    /** Says nothing. */
    public static Progress silent() {
        return new Progress(null, false);
    }

    /**
     * Speaks.
     *
     * @param terminal whether a line can be written anew
     */
    public static Progress on(PrintWriter out, boolean terminal) {
        return new Progress(out, terminal);
    }

    /** Another phase begins, and ends the one before. */
    synchronized void begin(Phase next, long ofTotal) {
        endPhase();
        phase = next;
        total = ofTotal;
        done = 0;
        begun = System.nanoTime();
    }

    /** So much of the phase is done. */
    void done(long sofar) {
        done = sofar;
    }

    private synchronized void say() {
        if (phase != null && out != null) {
            String line = "tideline: " + text(phase, done, total, System.nanoTime() - begun);
            out.print(terminal ? CLEAR_LINE + line : line + System.lineSeparator());
            out.flush();
        }
    }

    private void endPhase() {
        if (phase == null || out == null) {
            return;
        }
        double seconds = seconds(System.nanoTime() - begun);
        out.print((terminal ? CLEAR_LINE : "")
                + String.format(
                        Locale.ROOT,
                        "tideline: %s %,d%s took %.1f s%n",
                        phase.word,
                        total / phase.size,
                        phase.unit,
                        seconds));
        out.flush();
        phase = null;
    }

    /** How things stand, in words. */
    static String text(Phase phase, long done, long total, long nanos) {
        long reached = Math.min(done, total);
        long rate = Math.round(reached / Math.max(1e-3, seconds(nanos)));
        String line = String.format(
                Locale.ROOT,
                "%s: %,d of %,d%s (%d %%), %,d%s a second",
                phase.word,
                reached / phase.size,
                total / phase.size,
                phase.unit,
                total == 0 ? 100 : 100 * reached / total,
                rate / phase.size,
                phase.unit);
        return rate == 0 ? line : line + ", " + clock((total - reached) / rate) + " left";
    }

    private static String clock(long seconds) {
        String minutes = String.format(Locale.ROOT, "%d:%02d", seconds / 60 % 60, seconds % 60);
        return seconds < 3600
                ? minutes
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    @Override
    public synchronized void close() {
        endPhase();
        if (clock != null) {
            clock.shutdownNow();
        }
    }
}
