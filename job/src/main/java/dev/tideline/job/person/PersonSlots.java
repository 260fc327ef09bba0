package dev.tideline.job.person;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.segment.SegmentState;
import dev.tideline.patterns.segment.Shown;
import dev.tideline.patterns.sequence.SequenceState;
import org.apache.flink.api.common.state.ListState;

/**
 * All that is kept of one user; each part is a state of its own, touched only if something asks for it.
 *
 * @param alerts as the alert desk writes it
 * @param shown what segments were shown while some of them wait for history
 * @param catchUp what history says so far
 * @param shadow alerts under a policy that is tried out
 */
record PersonSlots(
        ListState<Arrival> waiting,
        ListState<Shown> shown,
        Slot<CatchUpState> catchUp,
        Slot<FactHistory> history,
        Slot<SequenceState> sequences,
        Slot<byte[]> alerts,
        Slot<ShadowState> shadow,
        Slot<SegmentState> segments,
        Slot<ProfileState> profile,
        Slot<Standing> standing) {
    void save() {
        history.save();
        sequences.save();
        alerts.save();
        shadow.save();
        segments.save();
        catchUp.save();
        profile.save();
        standing.save();
    }
}
