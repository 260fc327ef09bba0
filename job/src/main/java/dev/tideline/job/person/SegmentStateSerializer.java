package dev.tideline.job.person;

import dev.tideline.patterns.segment.SegmentState;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a {@link SegmentState}: its length, then its bytes; on the heap nothing is written until a checkpoint. Whose state
 * it is, the key of Flink's state tells. Safe for many threads.
 */
public final class SegmentStateSerializer extends TypeSerializer<SegmentState> {
    private static final long serialVersionUID = 1;

    @Override
    public void serialize(SegmentState state, DataOutputView target) throws IOException {
        byte[] bytes = state.toBytes();
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public SegmentState deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        try {
            return SegmentState.fromBytes("", bytes);
        } catch (IllegalArgumentException unreadable) {
            throw new IOException(unreadable.getMessage(), unreadable);
        }
    }

    @Override
    public SegmentState deserialize(SegmentState reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        int length = source.readInt();
        target.writeInt(length);
        target.write(source, length);
    }

    @Override
    public SegmentState copy(SegmentState from) {
        return from.copy();
    }

    @Override
    public SegmentState copy(SegmentState from, SegmentState reuse) {
        return copy(from);
    }

    @Override
    public SegmentState createInstance() {
        return new SegmentState("");
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
    public TypeSerializer<SegmentState> duplicate() {
        return this;
    }

    @Override
    public TypeSerializerSnapshot<SegmentState> snapshotConfiguration() {
        return new SegmentStateSnapshot();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SegmentStateSerializer;
    }

    @Override
    public int hashCode() {
        return SegmentStateSerializer.class.hashCode();
    }
}
