package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fingerprint;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.SegmentChange.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes an instant's turns into the memberships, and says which of them are changes. */
final class Settlement {
    private final SegmentEngine engine;
    private final SegmentState state;
    private final long at;
    private final SortedMap<String, SegmentChange> changes = new TreeMap<>();

    Settlement(SegmentEngine engine, SegmentState state, long at) {
        this.engine = engine;
        this.state = state;
        this.at = at;
    }

    SegmentChanges settle(Map<Integer, SegmentInstant.Turn> turns) {
        turns.forEach((index, turn) -> {
            CompiledSegment segment = engine.segment(index);
            if (turn.member() != state.isIn(segment.stateKey())) {
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
            if (membership.member) {
                end(key, membership, reason);
            }
        });
        state.tallies.clear();
        state.profiles.clear();
        state.existsSince = SegmentState.NO_TIME;
        return sorted();
    }

    private void change(CompiledSegment segment, SegmentInstant.Turn turn) {
        Membership membership = state.memberships.computeIfAbsent(segment.stateKey(), key -> new Membership());
        membership.version = segment.rule().version();
        if (turn.member()) {
            membership.member = true;
            membership.since = at;
            membership.sequence++;
            Long expiry = new Expiry(engine, state, segment).after(at);
            record(segment.stateKey(), membership, true, turn.reason(), turn.cause(), expiry);
        } else {
            end(segment.stateKey(), membership, turn.reason(), turn.cause());
        }
    }

    private void endWhatIsGone() {
        state.memberships.forEach((key, membership) -> {
            if (membership.member && !engine.has(key)) {
                end(key, membership, Reason.RULE);
            }
        });
    }

    private void end(String key, Membership membership, Reason reason) {
        end(key, membership, reason, null);
    }

    private void end(String key, Membership membership, Reason reason, @Nullable String cause) {
        membership.member = false;
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
        String segment = key.startsWith("~") ? key.substring(1) : key;
        changes.put(
                key,
                new SegmentChange(
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
        TreeSet<String> shadows = new TreeSet<>(changes.keySet());
        shadows.removeIf(key -> !key.startsWith("~"));
        SortedMap<String, SegmentChange> live = new TreeMap<>(changes);
        live.keySet().removeAll(shadows);
        return new SegmentChanges(
                java.util.List.copyOf(live.values()),
                shadows.stream().map(changes::get).toList());
    }
}
