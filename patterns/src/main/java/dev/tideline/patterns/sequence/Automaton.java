package dev.tideline.patterns.sequence;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.jspecify.annotations.Nullable;

/** Finds one sequence. It keeps nothing of a user itself: that is in the partial matches that it is handed and changes. */
interface Automaton {
    Evaluation evaluation();

    Partials.Form form();

    /** Whether a fact of this kind (by its place among the sequence's kinds) can be a match's first. */
    boolean beginsWith(int kind);

    /**
     * Shows it a fact; nothing is due at or before the fact's instant.
     *
     * @param partials null = none
     * @return those that are there now, the same object or another; null = none
     * @throws Exception only where something fails that is not ours
     */
    @Nullable
    Partials accept(@Nullable Partials partials, Moment now, int kind, Findings findings) throws Exception;

    /**
     * Lets time pass up to and including the instant.
     *
     * @return those that are left; null = none
     * @throws Exception only where something fails that is not ours
     */
    @Nullable
    Partials advance(Partials partials, long toMillis, Findings findings) throws Exception;

    /** Reads what its partial matches wrote. */
    Partials read(HeldFact[] facts, DataInputView in) throws IOException;
}
