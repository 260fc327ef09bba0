package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.SegmentChange.Reason;
import dev.tideline.patterns.fact.UserProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a user's segments once more what they were shown while some of them waited for history, now that it has come: with
 * what history says counted before, and every rule in force from its own instant on. What comes out for the segments that
 * waited is what would have come out had their leaves been counted from the beginning; all others come to where they are
 * anyway, and nothing is told of them again. Used once, by one thread.
 */
public final class Retelling {
    private final RulesOverTime line;
    private final Map<Long, Recollection> recollections;
    private final boolean ofEverything;
    private final List<Recollection.Sequences> sequences = new ArrayList<>();
    private final List<SegmentChange> live = new ArrayList<>();
    private final List<SegmentChange> shadow = new ArrayList<>();
    private final SegmentState state;
    private UserProfile profile = UserProfile.UNKNOWN;
    private Set<String> held = Set.of();
    private @Nullable SegmentEngine engine;
    private @Nullable SegmentInstant instant;
    private long at = Long.MIN_VALUE;
    private @Nullable Rest rest;

    /**
     * What comes of it.
     *
     * @param state as the user stands now, in the place of what is there
     * @param changes of the segments that waited, with the instants at which they happened
     * @param rest where segments still wait; null if none does
     */
    public record Retold(
            SegmentState state,
            SegmentChanges changes,
            @Nullable Rest rest) {}

    /**
     * What has to be told again when more history has come.
     *
     * @param base the state before the first of {@code log}
     */
    public record Rest(SegmentState base, List<Shown> log) {}

    /**
     * Prepares it.
     *
     * @param base the state just before the first rules of the log; changed in place
     * @param recollections what history says, by the numbers of the revisions that waited; of each all that is to come
     * @param comesToExist whether only history knows the user, who exists from the first rules of the log on; nothing was told
     *     of such a user, so everything is
     */
    public Retelling(
            SegmentState base, Map<Long, Recollection> recollections, boolean comesToExist, RulesOverTime line) {
        this.state = base;
        this.recollections = recollections;
        this.ofEverything = comesToExist;
        this.line = line;
    }

    /**
     * Tells it.
     *
     * @param log what was shown; begins with rules
     * @param now the user's state as it is, from which those who did not wait are taken; not changed
     * @param through up to where the user has come (epoch milliseconds)
     */
    public Retold tell(List<Shown> log, SegmentState now, long through) {
        if (ofEverything) {
            state.existsSince = log.get(0).at();
        }
        for (int i = 0; i < log.size(); i++) {
            Shown shown = log.get(i);
            if (shown.kind() == Shown.Kind.RULES) {
                rules(shown, log.subList(i, log.size()));
            } else {
                take(shown);
            }
        }
        comeTo(through);
        emit(current().advance(state, through));
        if (!ofEverything) {
            Graft.memberships(now, state, key -> !held.contains(id(key)));
        }
        state.settledAt = Math.max(state.settledAt, now.settledAt);
        return new Retold(state, new SegmentChanges(live, shadow), rest);
    }

    private void rules(Shown shown, List<Shown> fromHere) {
        settle();
        SegmentEngine before = engine;
        if (before != null) {
            comeTo(shown.at() - 1);
            emit(before.advance(state, shown.at() - 1));
        }
        if (rest == null && !line.held(shown.at()).isEmpty()) {
            rest = new Rest(state.copy(), again(fromHere));
        }
        Map<Long, Integer> capacities = capacities(before);
        for (long revision : shown.awaited()) {
            Recollection recollection = recollections.get(revision);
            if (recollection != null && line.isFilled(revision)) {
                recollection.comeTo(shown.at() - 1);
                recollection.putInto(state, capacities);
                sequences.add(recollection.sequences());
            }
        }
        profile = Objects.requireNonNull(shown.profile());
        held = Set.copyOf(shown.held());
        SegmentEngine next = line.at(shown.at());
        engine = next;
        at = shown.at();
        instant = next.adopt(state, profile, at, before);
        matchesOfTime();
    }

    private static Map<Long, Integer> capacities(@Nullable SegmentEngine counted) {
        Map<Long, Integer> capacities = new HashMap<>();
        if (counted != null) {
            counted.leavesByKey().forEach((key, leaf) -> capacities.put(key, leaf.capacity()));
        }
        return capacities;
    }

    /** What is left to be told another time sees the rules as they are now. */
    private List<Shown> again(List<Shown> log) {
        Set<Long> later = new HashSet<>();
        return log.stream()
                .map(shown -> {
                    if (shown.kind() != Shown.Kind.RULES) {
                        return shown;
                    }
                    List<Long> waiting = line.waiting(shown.awaited()).stream()
                            .filter(later::add)
                            .toList();
                    return shown.waitingFor(line.held(shown.at()), waiting);
                })
                .toList();
    }

    private void take(Shown shown) {
        if (shown.kind() == Shown.Kind.CLOSED) {
            settle();
            comeTo(shown.at());
            settle();
            emit(current().close(state, shown.at(), Reason.CONSENT));
            return;
        }
        SegmentInstant turn = open(shown);
        switch (shown.kind()) {
            case FACT -> fact(shown, turn);
            case PROFILE -> {
                profile = Objects.requireNonNull(shown.profile());
                if (shown.counted()) {
                    turn.takeProfile(profile);
                }
            }
            case RISK -> turn.takeRisk(shown.risk());
            case MATCH -> turn.takeMatch(shown.leaf(), shown.first(), shown.cause());
            case GIVEN_UP -> sequences.forEach(Recollection.Sequences::giveUp);
            case RULES, CLOSED -> throw new IllegalStateException(shown.kind() + " is no part of an instant");
        }
    }

    private void fact(Shown shown, SegmentInstant turn) {
        Fact fact = Objects.requireNonNull(shown.fact());
        if (shown.inOrder()) {
            for (Recollection.Sequences watched : sequences) {
                List<Recollection.Found> matches = watched.accept(fact, profile);
                if (shown.counted()) {
                    matches.forEach(found -> turn.takeMatch(found.sequence(), found.first(), fact.eventId()));
                }
            }
        }
        if (shown.counted()) {
            turn.take(fact, profile);
        }
    }

    private SegmentInstant open(Shown shown) {
        if (shown.anew() || shown.at() != at) {
            settle();
        }
        SegmentInstant turn = instant;
        if (turn == null) {
            comeTo(shown.at() - 1);
            turn = begin(shown.at());
        }
        return turn;
    }

    private SegmentInstant begin(long millis) {
        SegmentInstant turn = current().open(state, millis);
        instant = turn;
        at = millis;
        matchesOfTime();
        return turn;
    }

    /** Lets sequences complete that time alone completes, up to and at the instant. */
    private void comeTo(long through) {
        settle();
        for (long due = nextDue(); due <= through; due = nextDue()) {
            begin(due);
            settle();
        }
    }

    private long nextDue() {
        long due = Long.MAX_VALUE;
        for (Recollection.Sequences watched : sequences) {
            due = Math.min(due, watched.nextDue());
        }
        return due;
    }

    private void matchesOfTime() {
        SegmentInstant turn = Objects.requireNonNull(instant);
        for (Recollection.Sequences watched : sequences) {
            if (watched.nextDue() <= at) {
                watched.advance(at).forEach(found -> turn.takeMatch(found.sequence(), found.first(), null));
            }
        }
    }

    private void settle() {
        if (instant != null) {
            emit(instant.settle());
            instant = null;
        }
    }

    private void emit(SegmentChanges changes) {
        changes.live().stream().filter(this::isNews).forEach(live::add);
        changes.shadow().stream().filter(this::isNews).forEach(shadow::add);
    }

    private boolean isNews(SegmentChange change) {
        return ofEverything || held.contains(change.segment());
    }

    private SegmentEngine current() {
        return Objects.requireNonNull(engine, "what was shown begins with rules");
    }

    private static String id(String stateKey) {
        return stateKey.startsWith(CompiledSegment.SHADOW) ? stateKey.substring(1) : stateKey;
    }
}
