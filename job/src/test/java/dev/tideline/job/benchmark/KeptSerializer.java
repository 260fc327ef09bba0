package dev.tideline.job.benchmark;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the timer's instant before the value. Savepoints are not what is measured, so it has no snapshot. */
final class KeptSerializer<S> extends TypeSerializer<Kept<S>> {
    private static final long serialVersionUID = 1L;

    private final TypeSerializer<S> values;

    KeptSerializer(TypeSerializer<S> values) {
        this.values = values;
    }

    @Override
    public TypeSerializer<Kept<S>> duplicate() {
        return new KeptSerializer<>(values.duplicate());
    }

    @Override
    public void serialize(Kept<S> kept, DataOutputView target) throws IOException {
        target.writeLong(kept.armed);
        values.serialize(kept.state, target);
    }

    @Override
    public Kept<S> deserialize(DataInputView source) throws IOException {
        long armed = source.readLong();
        return new Kept<>(values.deserialize(source), armed);
    }

    @Override
    public Kept<S> deserialize(Kept<S> reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public Kept<S> copy(Kept<S> from) {
        return new Kept<>(values.copy(from.state), from.armed);
    }

    @Override
    public Kept<S> copy(Kept<S> from, Kept<S> reuse) {
        return copy(from);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public Kept<S> createInstance() {
        return new Kept<>(values.createInstance(), Kept.UNARMED);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeptSerializer<?> that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<Kept<S>> snapshotConfiguration() {
        throw new UnsupportedOperationException("the benchmark takes no checkpoints");
    }
}
