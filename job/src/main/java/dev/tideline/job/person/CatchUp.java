package dev.tideline.job.person;

import dev.tideline.job.person.CatchUpState.Awaited;
import dev.tideline.patterns.fact.Recalled;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.segment.Recollection;
import dev.tideline.patterns.segment.Retelling;
import dev.tideline.patterns.segment.SegmentChanges;
import dev.tideline.patterns.segment.SegmentState;
import dev.tideline.patterns.segment.Shown;
import dev.tideline.patterns.sequence.SequenceState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one user while segments wait for history, and what comes of it when it is there.
 *
 * <p>Owns: the user's segments as they were before the first that waits, what they were shown since, at most {@value #MOST_SHOWN}
 * times, and what history says · Lifecycle: from the instant of a segment that waits until history has come for all of them ·
 * Never: a person's words.
 */
final class CatchUp {
    /** Beyond this what comes is counted, and no longer kept one by one. */
    static final int MOST_SHOWN = 10_000;

    private final String user;
    private final Rulebook rules;
    private final Slot<CatchUpState> slot;
    private final ListState<Shown> log;
    private final List<Shown> fresh = new ArrayList<>();
    private boolean on;
    private boolean anew = true;

    CatchUp(String user, Rulebook rules, PersonSlots slots, boolean on) {
        this.user = user;
        this.rules = rules;
        this.slot = slots.catchUp();
        this.log = slots.shown();
        this.on = on;
    }

    /** Whether anything is kept, for some segment waits. */
    boolean isOn() {
        return on;
    }

    /** Whether more history has come than when this was last looked at. */
    boolean isBehind() {
        return on && state().filled() < rules.filled();
    }

    /** Whether the instant before is settled, though what comes may bear the same one. */
    boolean anew() {
        return anew;
    }

    void settled() {
        anew = true;
    }

    private CatchUpState state() {
        CatchUpState known = slot.get();
        if (known == null) {
            throw new IllegalStateException("nothing waits for history");
        }
        return known;
    }

    /**
     * The user comes under other rules.
     *
     * @param now the user's segments just before
     * @param since what was taken before this instant does not count for segments that come
     */
    void rules(long at, Segmentation next, UserProfile profile, SegmentState now, long since) {
        if (!on && next.awaited().isEmpty()) {
            return;
        }
        if (!on) {
            on = true;
            slot.set(CatchUpState.begin(now.toBytes(), at, rules.filled()));
        }
        Set<Long> known = new HashSet<>();
        List<Awaited> awaited = new ArrayList<>();
        for (Awaited one : state().awaited()) {
            Recall recall = rules.recall(one.number());
            if (recall != null && (recall.isAwaited() || recall.isFilled())) {
                awaited.add(one);
                known.add(one.number());
            }
        }
        List<Long> added = next.awaited().stream()
                .filter(number -> !known.contains(number))
                .toList();
        added.forEach(number -> awaited.add(Awaited.of(number, since, at)));
        if (awaited.isEmpty()) {
            end();
            return;
        }
        slot.set(state().with(awaited));
        show(Shown.rules(at, profile, next.heldIds(), added));
    }

    /** Keeps what the segments are shown. */
    void show(Shown shown) {
        if (state().overflowed()) {
            count(List.of(shown));
            return;
        }
        fresh.add(shown);
        anew = false;
        slot.set(state().showing(state().shown() + 1));
        if (state().shown() > MOST_SHOWN) {
            List<Shown> all = shown();
            clearLog();
            slot.set(state().counting(state().awaited().stream()
                    .map(one -> new Awaited(one.number(), one.since(), one.until(), one.counted(), new byte[0]))
                    .toList()));
            count(all);
        }
    }

    /** Counts what there is too much of. Sequences are not looked for in it. */
    private void count(List<Shown> all) {
        List<Awaited> awaited = new ArrayList<>(state().awaited());
        for (int i = 0; i < awaited.size(); i++) {
            Recall recall = rules.recall(awaited.get(i).number());
            if (recall != null) {
                awaited.set(i, counted(recall, awaited.get(i), all));
            }
        }
        slot.set(state().with(awaited));
    }

    private Awaited counted(Recall recall, Awaited known, List<Shown> all) {
        Recall.Taken taken = recall.taken(user, known);
        UserProfile profile = UserProfile.UNKNOWN;
        for (Shown shown : all) {
            profile = shown.profile() == null ? profile : shown.profile();
            if (shown.kind() == Shown.Kind.CLOSED) {
                taken = recall.taken(user, Awaited.of(known.number(), shown.at(), known.until()));
            } else if (shown.fact() != null && shown.counted() && shown.at() >= known.until()) {
                taken.recollection().take(shown.fact(), profile, shown.at(), false);
            }
        }
        return taken.toState();
    }

    /** What history says comes in. */
    void take(Recalled recalled) {
        CatchUpState known = state();
        List<Awaited> awaited = new ArrayList<>(known.awaited());
        ProfileState profile = known.profile();
        boolean remembered = known.remembered();
        if (recalled.first()) {
            awaited.replaceAll(one -> one.number() <= recalled.pass() && !known.overflowed() ? one.anew() : one);
            profile = ProfileState.empty();
        }
        if (recalled.profile() != null) {
            profile = Profiles.apply(profile, recalled.profile());
        } else if (recalled.fact() != null) {
            UserProfile view = Profiles.view(profile);
            for (int i = 0; i < awaited.size(); i++) {
                Awaited one = awaited.get(i);
                Recall recall = rules.recall(one.number());
                if (recall != null && one.number() <= recalled.pass() && recalled.takenAtMillis() < one.until()) {
                    Recall.Taken taken = recall.taken(user, one);
                    boolean inOrder = !recalled.fact().late() && !known.overflowed();
                    taken.recollection().take(recalled.fact(), view, recalled.takenAtMillis(), inOrder);
                    awaited.set(i, taken.toState());
                    remembered = true;
                }
            }
        }
        slot.set(known.with(awaited).reading(recalled.pass(), profile, remembered));
    }

    /** What came of the history that has come. */
    record Filled(Retelling.Retold retold, List<SequenceState> sequences, List<SegmentRule> counted) {}

    /**
     * History has come for some of the segments, or for all.
     *
     * @param now the user's segments as they are
     * @param through up to where the user has come (epoch milliseconds)
     * @param mayComeToExist whether a user whom nobody else knows exists by what history says
     */
    Filled fill(SegmentState now, long through, boolean mayComeToExist) {
        CatchUpState known = state();
        Map<Long, Recall.Taken> taken = new HashMap<>();
        List<Awaited> left = new ArrayList<>();
        for (Awaited one : known.awaited()) {
            Recall recall = rules.recall(one.number());
            if (recall != null && recall.isFilled()) {
                taken.put(one.number(), recall.taken(user, one));
            } else if (recall != null && recall.isAwaited()) {
                left.add(one.anew());
            }
        }
        boolean lost = known.overflowed() || known.from() < rules.epochs().begin();
        Retelling.Retold retold = lost
                ? counted(now, taken)
                : retold(now, through, mayComeToExist && known.remembered() && !now.exists(), taken);
        List<SequenceState> sequences = taken.values().stream()
                .map(one -> one.sequences().state())
                .filter(state -> !state.isEmpty())
                .toList();
        List<SegmentRule> onlyCounted = new ArrayList<>();
        if (lost) {
            taken.values().forEach(one -> onlyCounted.add(one.rule()));
        }
        goOn(retold.rest(), left, lost);
        return new Filled(retold, sequences, onlyCounted);
    }

    private Retelling.Retold counted(SegmentState now, Map<Long, Recall.Taken> taken) {
        SegmentState state = now.copy();
        Recollection.putInto(
                state, taken.values().stream().map(Recall.Taken::recollection).toList());
        return new Retelling.Retold(state, SegmentChanges.NONE, null);
    }

    private Retelling.Retold retold(
            SegmentState now, long through, boolean comesToExist, Map<Long, Recall.Taken> taken) {
        Map<Long, Recollection> recollections = new HashMap<>();
        taken.forEach((number, one) -> recollections.put(number, one.recollection()));
        SegmentState base = SegmentState.fromBytes(user, state().base());
        return new Retelling(base, recollections, comesToExist, rules).tell(shown(), now, through);
    }

    private void goOn(Retelling.@Nullable Rest rest, List<Awaited> left, boolean lost) {
        if (left.isEmpty() || (rest == null && !lost)) {
            end();
            return;
        }
        if (rest == null) {
            slot.set(state().goingOn(new byte[0], state().from(), left, 0, rules.filled()));
            return;
        }
        clearLog();
        fresh.addAll(rest.log());
        slot.set(state().goingOn(
                        rest.base().toBytes(),
                        rest.log().get(0).at(),
                        left,
                        rest.log().size(),
                        rules.filled()));
    }

    /** Forgets the user. */
    void forget() {
        if (on) {
            end();
        }
    }

    private void end() {
        on = false;
        slot.set(null);
        clearLog();
    }

    private List<Shown> shown() {
        List<Shown> all = new ArrayList<>();
        try {
            Iterable<Shown> kept = log.get();
            if (kept != null) {
                kept.forEach(all::add);
            }
        } catch (Exception unreadable) {
            throw new IllegalStateException("what segments were shown cannot be read", unreadable);
        }
        all.addAll(fresh);
        return all;
    }

    private void clearLog() {
        fresh.clear();
        log.clear();
    }

    void save() throws Exception {
        if (!fresh.isEmpty()) {
            log.addAll(fresh);
            fresh.clear();
        }
    }
}
