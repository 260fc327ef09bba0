package dev.tideline.job.worlds;

import dev.tideline.job.worlds.Ask.Look;
import dev.tideline.job.worlds.Tree.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All matches of a sequence in facts that are there, found by trying everything. */
final class Matches {
    private final Tree.Sequence sequence;
    private final List<Sight> facts;
    private final List<Match> found = new ArrayList<>();

    /** A match from its first fact to its last, in epoch milliseconds. */
    record Match(long first, long last) {}

    /** The match so far: places among the facts, -1 for none. */
    private record So(int first, int last) {
        So then(int place) {
            return new So(first < 0 ? place : first, place);
        }
    }

    private Matches(Tree.Sequence sequence, List<Sight> facts) {
        this.sequence = sequence;
        this.facts = facts;
    }

    /** @param facts in order */
    static List<Match> of(Tree.Sequence sequence, List<Sight> facts) {
        List<String> kinds = sequence.steps().stream().map(Step::on).toList();
        Matches matches = new Matches(
                sequence,
                facts.stream().filter(fact -> kinds.contains(fact.kind())).toList());
        matches.go(0, new So(-1, -1), List.of());
        return matches.found;
    }

    /** @param absent steps that must not happen between the last fact and the next */
    private void go(int index, So so, List<Step> absent) {
        if (index == sequence.steps().size()) {
            finish(so);
            return;
        }
        Step step = sequence.steps().get(index);
        if (step.negative()) {
            List<Step> more = new ArrayList<>(absent);
            more.add(step);
            go(index + 1, so, more);
            return;
        }
        if (step.optional()) {
            go(index + 1, so, absent);
        }
        for (int place : candidates(step, so)) {
            if (absent.stream().noneMatch(not -> happens(not, so, place))) {
                loop(index, so.then(place), 1);
            }
        }
    }

    private void finish(So so) {
        if (so.first() < 0) {
            return;
        }
        long first = facts.get(so.first()).millis();
        long last = facts.get(so.last()).millis();
        if (last - first < sequence.minutes() * Tree.MINUTE) {
            found.add(new Match(first, last));
        }
    }

    private List<Integer> candidates(Step step, So so) {
        List<Integer> places = new ArrayList<>();
        for (int place = so.last() + 1; place < facts.size(); place++) {
            boolean fits =
                    fits(step.where(), place, so) && facts.get(place).kind().equals(step.on());
            boolean first = so.first() < 0;
            if (fits && !ends(step, place, so)) {
                places.add(place);
            }
            boolean more = first
                    || "followed_by_any".equals(step.contiguity())
                    || (!fits && !"next".equals(step.contiguity()));
            if (!more) {
                break;
            }
        }
        return places;
    }

    /** The step has happened so often: goes on to the next, or happens once more. */
    private void loop(int index, So so, int times) {
        Step step = sequence.steps().get(index);
        if (times >= step.from()) {
            go(index + 1, so, List.of());
        }
        if (step.to() != null && times >= step.to()) {
            return;
        }
        for (int place = so.last() + 1; place < facts.size(); place++) {
            if (ends(step, place, so)) {
                return;
            }
            if (facts.get(place).kind().equals(step.on()) && fits(step.where(), place, so)) {
                loop(index, so.then(place), times + 1);
                return;
            }
            if (step.consecutive()) {
                return;
            }
        }
    }

    private boolean ends(Step step, int place, So so) {
        return step.until() != null && fits(step.until(), place, so);
    }

    private boolean happens(Step not, So so, int before) {
        boolean next = "not_next".equals(not.contiguity());
        int end = next ? Math.min(before + 1, so.last() + 2) : before;
        for (int place = so.last() + 1; place < end; place++) {
            if (facts.get(place).kind().equals(not.on()) && fits(not.where(), place, so)) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(@Nullable Ask ask, int place, So so) {
        Sight now = facts.get(place);
        Sight previous = so.last() < 0 ? null : facts.get(so.last());
        return ask == null || ask.holds(new Look(now, previous, now.user()));
    }
}
