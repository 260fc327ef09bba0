package dev.tideline.job.person;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.sequence.SequenceState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one user, as it comes out of state and goes back; each part is a state of its own.
 *
 * @param waitingChanged whether what waits is different from what was taken out
 * @param alerts as the alert desk writes it; null while there was no alert
 * @param segments as the segment engine writes it; null while the user is unknown
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, compared never.
record PersonState(
        Iterable<Arrival> waiting,
        boolean waitingChanged,
        FactHistory history,
        SequenceState sequences,
        byte @Nullable [] alerts,
        byte @Nullable [] segments,
        ProfileState profile,
        Standing standing) {
    List<Arrival> rest() {
        return waiting instanceof List<Arrival> list ? list : List.of();
    }
}
