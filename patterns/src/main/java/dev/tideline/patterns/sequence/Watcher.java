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
record Watcher(WatchedSequence watched, String identity, CompiledSequence compiled) {

    Match match(long atMillis, Map<String, List<Fact>> steps) {
        return new Match(watched.key(), watched.version(), Instant.ofEpochMilli(atMillis), steps);
    }

    Outcome.Loss loss(int dropped, Outcome.Reason reason) {
        return new Outcome.Loss(watched.key(), watched.version(), dropped, reason);
    }
}
