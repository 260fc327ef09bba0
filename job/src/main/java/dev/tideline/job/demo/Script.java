package dev.tideline.job.demo;

import dev.tideline.job.demo.simulation.Emission;
import dev.tideline.job.demo.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What the platform will write, from where an earlier run in the same folder stopped.
 *
 * @param remaining not written yet
 * @param start the platform's time at which to go on
 * @param written how many records were written before
 */
record Script(Iterator<Emission> remaining, Instant start, long written) {
    private static final String WRITTEN = "written";
    private static final String SCRIPT = "script";
    private static final String START = "start";

    /**
     * Opens the script.
     *
     * @throws RefusedStartException if the folder belongs to another script, or the file of events cannot be read
     */
    static Script open(DemoOptions options, DemoFolder folder, Instant now) throws RefusedStartException {
        String script = options.events() == null
                ? options.users() + " users, seed " + options.seed()
                : "events of " + options.events().toAbsolutePath();
        String before = folder.noted(SCRIPT);
        if (before != null && !before.equals(script)) {
            throw new RefusedStartException("--data-dir: " + folder.path() + " holds a demo of " + before
                    + ", which cannot go on with " + script);
        }
        folder.note(SCRIPT, script);
        long written = folder.noted(WRITTEN, 0);
        return new Ahead(all(options.events(), options, folder, now)).skip(written, now);
    }

    /** Notes how far the script was written. */
    static void noteWritten(DemoFolder folder, long written) {
        folder.note(WRITTEN, written);
    }

    private static Iterator<Emission> all(@Nullable Path events, DemoOptions options, DemoFolder folder, Instant now)
            throws RefusedStartException {
        if (events != null) {
            try {
                return new EventFile(events, now);
            } catch (IOException unreadable) {
                throw new RefusedStartException("--events: cannot read " + events);
            }
        }
        String noted = folder.noted(START);
        Instant start = noted == null ? Simulation.startFor(now) : Instant.parse(noted);
        folder.note(START, start);
        return new Simulation(options.seed(), options.users(), start);
    }

    /** An iterator whose next element can be looked at. */
    private static final class Ahead implements Iterator<Emission> {
        private final Iterator<Emission> all;
        private @Nullable Emission next;

        Ahead(Iterator<Emission> all) {
            this.all = all;
            advance();
        }

        Script skip(long count, Instant now) {
            for (long skipped = 0; skipped < count && next != null; skipped++) {
                advance();
            }
            return new Script(this, next == null ? now : next.at(), count);
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Emission next() {
            Emission emission = next;
            if (emission == null) {
                throw new NoSuchElementException("the script is at its end");
            }
            advance();
            return emission;
        }

        private void advance() {
            next = all.hasNext() ? all.next() : null;
        }
    }
}
