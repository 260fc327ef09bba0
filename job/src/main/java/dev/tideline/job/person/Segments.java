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
    private Segmentation rules;
    private boolean exists;
    private @Nullable SegmentState state;
    private @Nullable SegmentInstant turn;
    private long instant = Long.MIN_VALUE;
    private boolean changed;
    private boolean moved;

    Segments(String user, Slot<SegmentState> slot, Standing standing, Segmentation rules) {
        this.user = user;
        this.slot = slot;
        this.standing = standing;
        this.rules = rules;
        exists = standing.exists();
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
     */
    void begin(long at, Segmentation next, boolean known, Supplier<UserProfile> profile) {
        instant = at;
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

    void take(Fact fact, Supplier<UserProfile> profile) {
        if (!exists || engine().counts(fact.kind())) {
            turn().take(fact, profile.get());
            exists = true;
        }
    }

    void takeProfile(UserProfile profile) {
        turn().takeProfile(profile);
        exists = true;
    }

    void takeRisk(@Nullable Level level) {
        turn().takeRisk(level);
    }

    void takeMatch(Sequence sequence, long firstMillis, @Nullable String cause) {
        turn().takeMatch(sequence, firstMillis, cause);
    }

    /** What the instant changed. */
    SegmentChanges settle() {
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
        SegmentChanges changes = engine().close(state(), at, reason);
        exists = false;
        changed = true;
        moved = true;
        return changes;
    }

    void forget() {
        state = new SegmentState(user);
        exists = false;
        slot.set(null);
        changed = false;
        moved = true;
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
