package dev.tideline.patterns.sequence;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * What a user's state holds of one watched sequence: partial matches, or that it is stopped. As it is read it stays bytes until
 * its sequence is concerned, and is written back as the same bytes.
 *
 * <p>Bytes: form, count of partial matches, count of facts, their numbers, the partial matches.
 */
final class Section {
    final long identity;
    /** When time alone changes something, or before (epoch milliseconds). */
    long due;

    private @Nullable Partials partials;
    private byte @Nullable [] block;
    private int from;
    private int length;

    /**
     * @param partials null = stopped
     */
    Section(long identity, long due, @Nullable Partials partials) {
        this.identity = identity;
        this.due = due;
        this.partials = partials;
    }

    Section(long identity, long due, byte[] block, int from, int length) {
        this.identity = identity;
        this.due = due;
        this.block = block;
        this.from = from;
        this.length = length;
    }

    private Section(Section other) {
        identity = other.identity;
        due = other.due;
        block = other.block;
        from = other.from;
        length = other.length;
        partials = other.partials == null ? null : other.partials.copy();
    }

    Section copy() {
        return new Section(this);
    }

    boolean stopped() {
        return partials == null && (block == null || block[from] == Partials.Form.STOPPED.ordinal());
    }

    /** How many partial matches there are. */
    int count() {
        if (partials != null) {
            return partials.count();
        }
        try {
            if (block == null) {
                return 0;
            }
            DataInputDeserializer in = new DataInputDeserializer(block, from, length);
            in.readByte();
            return Packed.readCount(in);
        } catch (IOException damaged) {
            throw unreadable(damaged);
        }
    }

    /** The partial matches; the section must not be stopped. */
    Partials partials(Automaton automaton, FactTable table) {
        Partials known = partials;
        if (known == null) {
            known = decoded(automaton, table);
            partials = known;
        }
        return known;
    }

    private Partials decoded(Automaton automaton, FactTable table) {
        try {
            DataInputDeserializer in = new DataInputDeserializer(block, from, length);
            Partials.Form form = Partials.Form.of(in.readByte());
            if (form != automaton.form()) {
                throw new IOException("written by the automaton " + form + ", not " + automaton.form());
            }
            Packed.readCount(in);
            HeldFact[] facts = new HeldFact[Packed.readCount(in)];
            int number = 0;
            for (int i = 0; i < facts.length; i++) {
                number += Packed.readCount(in);
                facts[i] = table.get(table.indexOf(number));
            }
            return automaton.read(facts, in);
        } catch (IOException damaged) {
            throw unreadable(damaged);
        }
    }

    private UncheckedIOException unreadable(IOException damaged) {
        return new UncheckedIOException("partial matches of " + length + " bytes cannot be read", damaged);
    }

    /** They have changed: what was read no longer says it. */
    void changed(@Nullable Partials now, long nowDue) {
        if (partials != now) {
            partials = now;
        }
        due = nowDue;
        block = null;
    }

    /** As bytes: marks the facts that it holds by their place in the table. */
    void mark(FactTable table, boolean[] marks, DataInputDeserializer in) throws IOException {
        if (block == null) {
            return;
        }
        in.setBuffer(block, from, length);
        in.readByte();
        Packed.readCount(in);
        int number = 0;
        for (int left = Packed.readCount(in); left > 0; left--) {
            number += Packed.readCount(in);
            marks[table.indexOf(number)] = true;
        }
    }

    /** Changed since it was read: adds the facts that it holds. */
    void collect(FactTable facts) {
        if (block == null && partials != null) {
            partials.collect(facts);
        }
    }

    void write(DataOutputSerializer out) throws IOException {
        if (block != null) {
            out.write(block, from, length);
            return;
        }
        out.writeByte((partials == null ? Partials.Form.STOPPED : partials.form()).ordinal());
        Packed.writeNatural(out, partials == null ? 0 : partials.count());
        FactTable own = new FactTable();
        if (partials != null) {
            partials.collect(own);
        }
        Packed.writeNatural(out, own.size());
        int before = 0;
        for (int i = 0; i < own.size(); i++) {
            Packed.writeNatural(out, own.get(i).number - before);
            before = own.get(i).number;
        }
        if (partials != null) {
            partials.write(own, out);
        }
    }
}
