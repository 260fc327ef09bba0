package dev.tideline.patterns.segment;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes a {@link SegmentState}: its length, then its bytes. */
final class SegmentStateSerializer extends TypeSerializer<SegmentState> {
    private static final long serialVersionUID = 1;

    private static final int LARGE = 1 << 16;

    /** Kept from one writing to the next, so that it does not have to grow again; large ones are let go. */
    private transient @Nullable Packer packer;

    @Override
    public void serialize(SegmentState state, DataOutputView target) throws IOException {
        Packer out = packer;
        if (out == null || out.buffer().length > LARGE) {
            out = new Packer();
            packer = out;
        }
        out.clear();
        SegmentStateCodec.write(state, out);
        target.writeInt(out.length());
        target.write(out.buffer(), 0, out.length());
    }

    @Override
    public SegmentState deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        try {
            return SegmentStateCodec.read(bytes);
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

    /** Another one, for the buffer serves one thread. */
    @Override
    public TypeSerializer<SegmentState> duplicate() {
        return new SegmentStateSerializer();
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
