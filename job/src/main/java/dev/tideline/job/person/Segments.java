package dev.tideline.job.person;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.segment.SegmentChanges;
import dev.tideline.patterns.segment.SegmentEngine;
import dev.tideline.patterns.segment.SegmentInstant;
import dev.tideline.patterns.segment.SegmentState;
import dev.tideline.patterns.segment.Shown;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One user's segments, instant by instant: {@link #begin}, whatever bears the instant, {@link #settle}. What concerns no
 * segment touches nothing.
 *
 * <p>Owns: what {@link SegmentState} holds, bounded by the rules · Lifecycle: with the user, or until consent ends · Never:
 * what a fact said.
 */
final class Segments {
    private final String user;
    private final Slot<SegmentState> slot;
    private final Standing standing;
    private final CatchUp catchUp;
    private Segmentation rules;
    private boolean exists;
    private long since;
    private @Nullable SegmentState state;
    private @Nullable SegmentInstant turn;
    private long instant = Long.MIN_VALUE;
    private boolean changed;
    private boolean moved;

    Segments(String user, Slot<SegmentState> slot, Standing standing, Segmentation rules, CatchUp catchUp) {
        this.user = user;
        this.slot = slot;
        this.catchUp = catchUp;
        this.standing = standing;
        this.rules = rules;
        exists = standing.exists();
        since = standing.since();
    }

    /** Comes to an instant; lets fall due what is due. */
    void begin(long at) {
        instant = at;
        if (nextDue() <= at) {
            turn();
        }
    }

    /**
     * Comes to an instant from which on other rules are in force.
     *
     * @param known whether the user was under the rules until now, so that only what differs needs to be asked
     * @param mayBeRecalled whether whatever history says of the user counts, and not only since the user exists
     */
    void begin(long at, Segmentation next, boolean known, Supplier<UserProfile> profile, boolean mayBeRecalled) {
        instant = at;
        if (catchUp.isOn() || !next.awaited().isEmpty()) {
            long from = mayBeRecalled ? Long.MIN_VALUE : exists ? since : at;
            catchUp.rules(at, next, profile.get(), state(), from);
        }
        SegmentEngine before = known ? engine() : null;
        rules = next;
        moved = true;
        if (exists) {
            turn = engine().adopt(state(), profile.get(), at, before);
            changed = true;
        }
    }

    private SegmentEngine engine() {
        return rules.engine();
    }

    private SegmentState state() {
        if (state == null) {
            SegmentState known = slot.get();
            state = known == null ? new SegmentState(user) : known.of(user);
        }
        return state;
    }

    private SegmentInstant turn() {
        if (turn == null) {
            turn = engine().open(state(), instant);
            changed = true;
        }
        return turn;
    }

    /** @param inOrder whether sequences may take it */
    void take(Fact fact, Supplier<UserProfile> profile, boolean inOrder) {
        if (catchUp.isOn() && (!exists || rules.concerns(fact.kind()))) {
            catchUp.show(Shown.fact(instant, catchUp.anew(), fact, true, inOrder));
        }
        if (!exists || engine().counts(fact.kind())) {
            turn().take(fact, profile.get());
            exist();
        }
    }

    /** A fact for sequences alone. */
    void look(Fact fact) {
        if (catchUp.isOn() && rules.concerns(fact.kind())) {
            catchUp.show(Shown.fact(instant, catchUp.anew(), fact, false, true));
        }
    }

    /** A profile for sequences alone. */
    void look(UserProfile profile) {
        if (catchUp.isOn()) {
            catchUp.show(Shown.profile(instant, catchUp.anew(), profile, false));
        }
    }

    /** All partial matches are given up. */
    void giveUp() {
        if (catchUp.isOn()) {
            catchUp.show(Shown.givenUp(instant, catchUp.anew()));
        }
    }

    void takeProfile(UserProfile profile) {
        if (catchUp.isOn()) {
            catchUp.show(Shown.profile(instant, catchUp.anew(), profile, true));
        }
        turn().takeProfile(profile);
        exist();
    }

    private void exist() {
        since = exists ? since : instant;
        exists = true;
    }

    /** A request may be dated ahead of the user's place, but what is taken from here on counts. */
    void knownSince(long place) {
        since = place;
    }

    /** When the user began to exist, by the user's place (epoch milliseconds); means nothing where none exists. */
    long since() {
        return since;
    }

    void takeRisk(@Nullable Level level) {
        if (catchUp.isOn()) {
            catchUp.show(Shown.risk(instant, catchUp.anew(), level));
        }
        turn().takeRisk(level);
    }

    void takeMatch(Sequence sequence, long firstMillis, @Nullable String cause) {
        if (catchUp.isOn()) {
            catchUp.show(Shown.match(instant, catchUp.anew(), sequence, firstMillis, cause));
        }
        turn().takeMatch(sequence, firstMillis, cause);
    }

    /** What the instant changed. */
    SegmentChanges settle() {
        catchUp.settled();
        if (turn == null) {
            return SegmentChanges.NONE;
        }
        SegmentChanges changes = turn.settle();
        moved |= !changes.isEmpty();
        turn = null;
        return changes;
    }

    boolean exists() {
        return exists;
    }

    long nextDue() {
        if (state == null) {
            return standing.due().segments();
        }
        return exists ? engine().nextDue(state).orElse(Long.MAX_VALUE) : Long.MAX_VALUE;
    }

    SegmentChanges close(long at, SegmentChange.Reason reason) {
        if (catchUp.isOn() && reason == SegmentChange.Reason.CONSENT) {
            catchUp.show(Shown.closed(at));
        }
        SegmentChanges changes = engine().close(state(), at, reason);
        exists = false;
        changed = true;
        moved = true;
        return changes;
    }

    /**
     * Takes in the history that has come: what came of the segments that waited for it.
     *
     * @param through up to where the user has come (epoch milliseconds)
     * @param mayComeToExist whether a user whom nobody else knows exists by what history says
     */
    CatchUp.Filled fill(long through, boolean mayComeToExist) {
        CatchUp.Filled filled = catchUp.fill(state(), through, mayComeToExist);
        state = filled.retold().state();
        if (state.exists()) {
            exist();
        }
        changed = true;
        moved = true;
        return filled;
    }

    /** @param at from when on the user is a stranger (epoch milliseconds) */
    void forget(long at) {
        boolean waits = catchUp.isOn();
        catchUp.forget();
        state = new SegmentState(user);
        exists = false;
        slot.set(null);
        changed = false;
        moved = true;
        if (waits) {
            catchUp.rules(at, rules, UserProfile.UNKNOWN, state, at);
        }
    }

    /** Whether the user's memberships, or the rules that the user is under, may be others than when this was made. */
    boolean hasMoved() {
        return moved;
    }

    /** Where the user stands with segments that are tried out. */
    List<Trials.Stand> stands() {
        return rules.tried().stream()
                .map(rule -> new Trials.Stand(rule, state().isMember(rule.id()), state().isTried(rule.id())))
                .toList();
    }

    void save() {
        if (changed && state != null && (state.exists() || slot.get() != null)) {
            slot.set(state);
        }
        changed = false;
    }
}
