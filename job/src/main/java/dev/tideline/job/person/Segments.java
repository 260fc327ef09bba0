package dev.tideline.job.person;

import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.segment.SegmentChanges;
import dev.tideline.patterns.segment.SegmentEngine;
import dev.tideline.patterns.segment.SegmentInstant;
import dev.tideline.patterns.segment.SegmentState;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One user's segments.
 *
 * <p>Owns: what {@link SegmentState} holds, bounded by the rules · Lifecycle: with the user, or until consent ends · Never:
 * what a fact said.
 */
final class Segments {
    private final String user;
    private final SegmentEngine engine;
    private SegmentState state;
    private boolean known;

    Segments(String user, Rulebook rules, byte @Nullable [] bytes) {
        this.user = user;
        engine = rules.segments();
        known = bytes != null;
        state = bytes == null ? new SegmentState(user) : SegmentState.fromBytes(user, bytes);
    }

    SegmentInstant open(long instant) {
        return engine.open(state, instant);
    }

    /** Puts new rules in force, from the instant on. */
    SegmentInstant adopt(UserProfile profile, long instant) {
        return engine.adopt(state, profile, instant);
    }

    boolean exists() {
        return state.exists();
    }

    OptionalLong nextDue() {
        return state.exists() ? engine.nextDue(state) : OptionalLong.empty();
    }

    SegmentChanges close(long instant, SegmentChange.Reason reason) {
        return engine.close(state, instant, reason);
    }

    void forget() {
        state = new SegmentState(user);
        known = false;
    }

    byte @Nullable [] bytes() {
        return known || state.exists() ? state.toBytes() : null;
    }
}
