package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a fact as its number in a table. A fact that several sequences hold is one object under several event ids, and
 * should not be written several times. Lives for one reading or writing.
 */
final class FactTable extends TypeSerializerSingleton<Fact> {
    private static final long serialVersionUID = 1;

    private final transient List<Fact> facts = new ArrayList<>();
    private final transient IdentityHashMap<Fact, Integer> numbers = new IdentityHashMap<>();

    void add(Fact fact) {
        if (numbers.putIfAbsent(fact, facts.size()) == null) {
            facts.add(fact);
        }
    }

    List<Fact> facts() {
        return facts;
    }

    @Override
    public void serialize(Fact fact, DataOutputView target) throws IOException {
        Integer number = numbers.get(fact);
        if (number == null) {
            throw new IOException("a fact of kind " + fact.kind() + " is missing from the table");
        }
        target.writeInt(number);
    }

    @Override
    public Fact deserialize(DataInputView source) throws IOException {
        return facts.get(source.readInt());
    }

    @Override
    public Fact deserialize(Fact reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    /** Facts never change, so that a copy of the state may share them. */
    @Override
    public Fact copy(Fact from) {
        return from;
    }

    @Override
    public Fact copy(Fact from, Fact reuse) {
        return from;
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        target.writeInt(source.readInt());
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public Fact createInstance() {
        throw new UnsupportedOperationException("facts come from the table");
    }

    @Override
    public int getLength() {
        return Integer.BYTES;
    }

    @Override
    public TypeSerializerSnapshot<Fact> snapshotConfiguration() {
        throw new UnsupportedOperationException("the table is part of the state that it is written in");
    }
}
