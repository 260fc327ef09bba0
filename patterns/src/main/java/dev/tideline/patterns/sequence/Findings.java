package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is found, and lost, in the course of one step. One object serves all steps. One thread. */
final class Findings {
    private static final Comparator<Match> BY_TIME =
            Comparator.comparing(Match::at).thenComparing(Match::key).thenComparingInt(Match::version);

    private final List<Match> matches = new ArrayList<>();
    private final List<Outcome.Loss> losses = new ArrayList<>();
    private final List<Watcher> broken = new ArrayList<>();
    private @Nullable Watcher watcher;

    /** What is found from now on is found by this one. */
    void by(Watcher now) {
        if (watcher != now) {
            watcher = now;
        }
    }

    void found(long atMillis, Map<String, List<Fact>> steps) {
        if (watcher == null) {
            throw new IllegalStateException("nobody is looking");
        }
        matches.add(watcher.match(atMillis, steps));
    }

    void stopped(Watcher who, int partials) {
        losses.add(who.loss(partials, Outcome.Reason.STOPPED));
    }

    void broken(Watcher who, int partials) {
        losses.add(who.loss(partials, Outcome.Reason.BROKEN));
        broken.add(who);
    }

    /** Those found broken since they were last asked for. */
    List<Watcher> takeBroken() {
        List<Watcher> taken = List.copyOf(broken);
        broken.clear();
        return taken;
    }

    /** What was found since it was last asked for. */
    Outcome take() {
        if (matches.isEmpty() && losses.isEmpty()) {
            return Outcome.NOTHING;
        }
        if (matches.size() > 1) {
            matches.sort(BY_TIME);
        }
        Outcome outcome = new Outcome(List.copyOf(matches), List.copyOf(losses));
        matches.clear();
        losses.clear();
        return outcome;
    }
}
