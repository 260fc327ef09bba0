package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A watched sequence, ready to be matched.
 *
 * @param identity under which its partial matches are kept
 */
record Watcher(WatchedSequence watched, long identity, Automaton automaton) {

    /** The instant, or the sequence's end if that comes before. */
    long capped(long millis) {
        return Math.min(millis, watched.untilMillis());
    }

    /** The last instant at which something may be complete. */
    long lastMillis() {
        return watched.untilMillis() == WatchedSequence.OPEN ? Long.MAX_VALUE : watched.untilMillis() - 1;
    }

    boolean hasEnded(long millis) {
        return watched.untilMillis() != WatchedSequence.OPEN && millis >= watched.untilMillis();
    }

    Match match(long atMillis, Map<String, List<Fact>> steps) {
        return new Match(watched.key(), watched.version(), Instant.ofEpochMilli(atMillis), steps);
    }

    Outcome.Loss loss(int dropped, Outcome.Reason reason) {
        return new Outcome.Loss(watched.key(), watched.version(), dropped, reason);
    }
}
