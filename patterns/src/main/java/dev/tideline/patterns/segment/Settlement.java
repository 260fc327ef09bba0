package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fingerprint;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.SegmentChange.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes an instant's turns into the memberships, and says which of them are changes. */
final class Settlement {
    private static final Comparator<SegmentChange> BY_SEGMENT = Comparator.comparing(SegmentChange::segment);

    private final SegmentEngine engine;
    private final SegmentState state;
    private final long at;
    private final List<SegmentChange> live = new ArrayList<>(2);
    private final List<SegmentChange> shadow = new ArrayList<>(0);

    Settlement(SegmentEngine engine, SegmentState state, long at) {
        this.engine = engine;
        this.state = state;
        this.at = at;
    }

    SegmentChanges settle(Map<Integer, SegmentInstant.Turn> turns) {
        turns.forEach((index, turn) -> {
            CompiledSegment segment = engine.segment(index);
            if (turn.member() != state.memberships.isIn(index)) {
                change(segment, turn);
            }
        });
        if (state.mayHoldWhatIsGone) {
            endWhatIsGone();
            state.mayHoldWhatIsGone = false;
        }
        return sorted();
    }

    SegmentChanges close(Reason reason) {
        state.memberships.forEach((key, membership) -> {
            if (membership.member && (reason == Reason.ERASURE || !engine.letsStand(key))) {
                end(key, membership, reason);
            }
        });
        state.tallies.clear();
        state.profiles.clear();
        state.existsSince = SegmentState.NO_TIME;
        return sorted();
    }

    private void change(CompiledSegment segment, SegmentInstant.Turn turn) {
        if (turn.member()) {
            Membership membership = state.memberships.enter(segment);
            membership.version = segment.rule().version();
            membership.since = at;
            membership.sequence++;
            Long expiry = new Expiry(engine, state, segment).after(at);
            record(segment.stateKey(), membership, true, turn.reason(), turn.cause(), expiry);
        } else {
            Membership membership = Objects.requireNonNull(state.memberships.get(segment.stateKey()));
            membership.version = segment.rule().version();
            end(segment.stateKey(), membership, turn.reason(), turn.cause());
        }
    }

    private void endWhatIsGone() {
        state.memberships.forEach((key, membership) -> {
            if (membership.member && !engine.has(key) && !engine.letsStand(key)) {
                end(key, membership, Reason.RULE);
            }
        });
    }

    private void end(String key, Membership membership, Reason reason) {
        end(key, membership, reason, null);
    }

    private void end(String key, Membership membership, Reason reason, @Nullable String cause) {
        state.memberships.exit(membership, engine.segment(key));
        membership.sequence++;
        record(key, membership, false, reason, cause, null);
    }

    private void record(
            String key,
            Membership membership,
            boolean entered,
            Reason reason,
            @Nullable String cause,
            @Nullable Long expiry) {
        boolean tried = key.startsWith(CompiledSegment.SHADOW);
        String segment = tried ? key.substring(CompiledSegment.SHADOW.length()) : key;
        (tried ? shadow : live)
                .add(new SegmentChange(
                        Fingerprint.hex(state.user, segment, membership.sequence, at, entered),
                        state.user,
                        segment,
                        membership.version,
                        entered,
                        Instant.ofEpochMilli(at),
                        reason,
                        cause,
                        membership.sequence,
                        Instant.ofEpochMilli(membership.since),
                        expiry == null ? null : Instant.ofEpochMilli(expiry)));
    }

    private SegmentChanges sorted() {
        live.sort(BY_SEGMENT);
        shadow.sort(BY_SEGMENT);
        return new SegmentChanges(live, shadow);
    }
}
