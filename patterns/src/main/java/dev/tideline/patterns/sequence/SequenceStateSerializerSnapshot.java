package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a savepoint remembers of {@link SequenceStateSerializer}: the shape of facts, so that facts may gain fields. */
public final class SequenceStateSerializerSnapshot
        extends CompositeTypeSerializerSnapshot<SequenceState, SequenceStateSerializer> {

    /** For Flink, which fills it from the savepoint. */
    public SequenceStateSerializerSnapshot() {}

    SequenceStateSerializerSnapshot(SequenceStateSerializer serializer) {
        super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
        return SequenceStateSerializer.FORMAT;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(SequenceStateSerializer serializer) {
        return new TypeSerializer<?>[] {serializer.factSerializer()};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected SequenceStateSerializer createOuterSerializerWithNestedSerializers(TypeSerializer<?>[] nested) {
        return new SequenceStateSerializer((TypeSerializer<Fact>) nested[0]);
    }
}
