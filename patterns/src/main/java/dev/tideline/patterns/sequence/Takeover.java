package dev.tideline.patterns.sequence;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Puts partial matches of one state of a user into another. Their facts are numbered on from those that are there. */
final class Takeover {
    private Takeover() {}

    static void into(SequenceState state, SequenceState others) {
        int shift = state.nextNumber;
        FactTable facts = new FactTable();
        for (int i = 0; i < others.table.size(); i++) {
            facts.add(others.table.get(i));
        }
        for (int i = 0; i < others.size(); i++) {
            Section section = others.section(i);
            section.collect(facts);
            Section known = state.find(section.identity);
            if (known != null) {
                state.remove(known);
            }
            state.add(shifted(section, shift));
        }
        for (int i = 0; i < facts.size(); i++) {
            state.table.add(facts.get(i).at(facts.get(i).number + shift));
        }
        state.user = state.user.isEmpty() ? others.user : state.user;
        state.nextNumber = shift + others.nextNumber;
        state.watched = 0;
    }

    /** A section names its facts by their distances from each other, so only the first is another one. */
    private static Section shifted(Section section, int shift) {
        try {
            DataOutputSerializer written = new DataOutputSerializer(128);
            section.write(written);
            DataInputDeserializer in = new DataInputDeserializer(written.getSharedBuffer(), 0, written.length());
            DataOutputSerializer out = new DataOutputSerializer(written.length() + Integer.BYTES);
            out.writeByte(in.readByte());
            Packed.writeNatural(out, Packed.readCount(in));
            int facts = Packed.readCount(in);
            Packed.writeNatural(out, facts);
            if (facts > 0) {
                Packed.writeNatural(out, (long) Packed.readCount(in) + shift);
            }
            out.write(written.getSharedBuffer(), in.getPosition(), in.available());
            return new Section(section.identity, section.due, out.getCopyOfBuffer(), 0, out.length());
        } catch (IOException impossible) {
            throw new UncheckedIOException("partial matches cannot be written into memory", impossible);
        }
    }
}
