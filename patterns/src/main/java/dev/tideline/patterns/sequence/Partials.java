package dev.tideline.patterns.sequence;

import java.io.IOException;
import org.apache.flink.core.memory.DataOutputView;

/** One user's partial matches of one sequence, in the form that its automaton keeps. */
interface Partials {
    /** How they are written, so that no automaton reads another's. */
    enum Form {
        STOPPED,
        CHAIN,
        NEWEST,
        NFA,
        RUN;

        /** Never to be changed in order. */
        private static final Form[] ALL = values();

        static Form of(int ordinal) throws IOException {
            if (ordinal < 0 || ordinal >= ALL.length) {
                throw new IOException("partial matches of unknown form " + ordinal);
            }
            return ALL[ordinal];
        }
    }

    Form form();

    /** How many there are. */
    int count();

    /** What they weigh, in units of some four bytes or more. */
    long weight();

    /** When time alone next changes something (epoch milliseconds), or {@link SequenceState#NEVER}. */
    long due();

    /** Adds the facts that they hold. */
    void collect(FactTable facts);

    /** Writes them; a fact is written as its place among those collected. */
    void write(FactTable facts, DataOutputView out) throws IOException;

    /** Not touched by what happens to these. */
    Partials copy();
}
