package dev.tideline.patterns.sequence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is found, and lost, in the course of one step. */
final class Findings {
    private static final Comparator<Match> BY_TIME =
            Comparator.comparing(Match::at).thenComparing(Match::key).thenComparingInt(Match::version);

    private final List<Match> matches = new ArrayList<>();
    private final List<Outcome.Loss> losses = new ArrayList<>();
    private final List<Watcher> broken = new ArrayList<>();

    void found(Match match) {
        matches.add(match);
    }

    void stopped(Watcher watcher, int partials) {
        losses.add(watcher.loss(partials, Outcome.Reason.STOPPED));
    }

    void broken(Watcher watcher, int partials) {
        losses.add(watcher.loss(partials, Outcome.Reason.BROKEN));
        broken.add(watcher);
    }

    List<Watcher> broken() {
        return broken;
    }

    Outcome outcome() {
        if (matches.isEmpty() && losses.isEmpty()) {
            return Outcome.NOTHING;
        }
        matches.sort(BY_TIME);
        return new Outcome(List.copyOf(matches), List.copyOf(losses));
    }
}
