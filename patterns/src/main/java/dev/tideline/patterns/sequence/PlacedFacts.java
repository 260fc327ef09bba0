package dev.tideline.patterns.sequence;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * For the parts that Flink CEP writes: a fact as its place among the section's facts, which are written apart. Lives for one
 * reading or writing.
 */
final class PlacedFacts extends TypeSerializerSingleton<HeldFact> {
    private static final long serialVersionUID = 1;

    private final transient FactTable facts;

    PlacedFacts(FactTable facts) {
        this.facts = facts;
    }

    static PlacedFacts of(HeldFact[] facts) {
        FactTable table = new FactTable();
        for (HeldFact fact : facts) {
            table.add(fact);
        }
        return new PlacedFacts(table);
    }

    @Override
    public void serialize(HeldFact fact, DataOutputView target) throws IOException {
        target.writeInt(facts.indexOf(fact.number));
    }

    @Override
    public HeldFact deserialize(DataInputView source) throws IOException {
        return facts.get(source.readInt());
    }

    @Override
    public HeldFact deserialize(HeldFact reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    /** Facts never change, so that a copy of the state may share them. */
    @Override
    public HeldFact copy(HeldFact from) {
        return from;
    }

    @Override
    public HeldFact copy(HeldFact from, HeldFact reuse) {
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
    public HeldFact createInstance() {
        throw new UnsupportedOperationException("facts come from the section");
    }

    @Override
    public int getLength() {
        return Integer.BYTES;
    }

    @Override
    public TypeSerializerSnapshot<HeldFact> snapshotConfiguration() {
        throw new UnsupportedOperationException("the facts are part of the state that they are written in");
    }
}
