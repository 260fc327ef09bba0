package dev.tideline.patterns.sequence;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link SequenceState}: format, length of what follows; set of watched sequences, earliest instant, next number,
 * user; facts, each once, by number; sections by identity. Facts and sections that nobody asked for are bytes that are passed
 * on.
 */
final class SequenceStateSerializer extends TypeSerializer<SequenceState> {
    private static final long serialVersionUID = 1;

    /**
     * Raised whenever the layout changes, or the automaton that a sequence is given; other layouts are refused. Where an older
     * layout shall stay readable, its facts and sections have to be decoded as they are read.
     */
    static final int FORMAT = 4;

    private static final int FIRST_BUFFER = 512;

    /** Kept from one writing to the next, so that it does not have to grow again; large ones are let go. */
    private transient @Nullable DataOutputSerializer buffer = new DataOutputSerializer(FIRST_BUFFER);

    private static final int LARGE = 1 << 16;

    @Override
    public void serialize(SequenceState state, DataOutputView target) throws IOException {
        DataOutputSerializer out = buffer();
        out.writeLong(state.watched);
        out.writeLong(state.due);
        Packed.writeNatural(out, state.nextNumber);
        Packed.writeText(out, state.user);
        writeFacts(state, out);
        Packed.writeNatural(out, state.size());
        for (int i = 0; i < state.size(); i++) {
            Section section = state.section(i);
            out.writeLong(section.identity);
            out.writeLong(section.due);
            int start = begin(out);
            section.write(out);
            end(start, out);
        }
        target.writeByte(FORMAT);
        target.writeInt(out.length());
        target.write(out.getSharedBuffer(), 0, out.length());
    }

    private DataOutputSerializer buffer() {
        DataOutputSerializer out = buffer;
        if (out == null || out.getSharedBuffer().length > LARGE) {
            out = new DataOutputSerializer(FIRST_BUFFER);
            buffer = out;
        }
        out.clear();
        return out;
    }

    private static void writeFacts(SequenceState state, DataOutputSerializer out) throws IOException {
        FactTable facts = facts(state);
        Packed.writeNatural(out, facts.size());
        for (int i = 0; i < facts.size(); i++) {
            Packed.writeNatural(out, facts.get(i).number);
            int start = begin(out);
            facts.get(i).write(state.user, out);
            end(start, out);
        }
    }

    private static FactTable facts(SequenceState state) throws IOException {
        boolean[] marks = new boolean[state.table.size()];
        DataInputDeserializer in = new DataInputDeserializer();
        for (int i = 0; i < state.size(); i++) {
            state.section(i).mark(state.table, marks, in);
        }
        FactTable facts = FactTable.marked(state.table, marks);
        for (int i = 0; i < state.size(); i++) {
            state.section(i).collect(facts);
        }
        return facts;
    }

    /** Leaves room for the length of what follows. */
    private static int begin(DataOutputSerializer out) throws IOException {
        out.writeInt(0);
        return out.length();
    }

    private static void end(int start, DataOutputSerializer out) throws IOException {
        out.writeIntUnsafe(out.length() - start, start - Integer.BYTES);
    }

    @Override
    public SequenceState deserialize(DataInputView source) throws IOException {
        byte[] block = new byte[length(source)];
        source.readFully(block);
        DataInputDeserializer in = new DataInputDeserializer(block);
        long watched = in.readLong();
        long due = in.readLong();
        int nextNumber = Packed.readCount(in);
        String user = Packed.readText(in);
        FactTable facts = new FactTable();
        for (int left = Packed.readCount(in); left > 0; left--) {
            int number = Packed.readCount(in);
            int length = in.readInt();
            facts.add(new HeldFact(number, block, in.getPosition(), length, user));
            in.skipBytesToRead(length);
        }
        Section[] sections = new Section[Packed.readCount(in)];
        for (int i = 0; i < sections.length; i++) {
            long identity = in.readLong();
            long sectionDue = in.readLong();
            int length = in.readInt();
            sections[i] = new Section(identity, sectionDue, block, in.getPosition(), length);
            in.skipBytesToRead(length);
        }
        return new SequenceState(user, watched, due, nextNumber, sections, facts);
    }

    private static int length(DataInputView source) throws IOException {
        int format = source.readByte();
        if (format != FORMAT) {
            throw new IOException("partial matches were written in format " + format + ", known is " + FORMAT);
        }
        return source.readInt();
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        byte[] block = new byte[length(source)];
        source.readFully(block);
        target.writeByte(FORMAT);
        target.writeInt(block.length);
        target.write(block);
    }

    @Override
    public SequenceState copy(SequenceState from) {
        return from.copy();
    }

    @Override
    public SequenceState copy(SequenceState from, SequenceState reuse) {
        return copy(from);
    }

    @Override
    public SequenceState deserialize(SequenceState reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public SequenceState createInstance() {
        return new SequenceState();
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public int getLength() {
        return -1;
    }

    /** Another one, for the buffer serves one thread. */
    @Override
    public TypeSerializer<SequenceState> duplicate() {
        return new SequenceStateSerializer();
    }

    @Override
    public TypeSerializerSnapshot<SequenceState> snapshotConfiguration() {
        return new SequenceStateSnapshot();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SequenceStateSerializer;
    }

    @Override
    public int hashCode() {
        return SequenceStateSerializer.class.hashCode();
    }
}
