package dev.tideline.job.person;

import dev.tideline.patterns.segment.SegmentState;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What a savepoint remembers of {@link SegmentStateSerializer}: its format, so that another one is refused at once. */
public final class SegmentStateSnapshot implements TypeSerializerSnapshot<SegmentState> {

    /** For Flink, which fills it from the savepoint. */
    public SegmentStateSnapshot() {}

    @Override
    public int getCurrentVersion() {
        return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeInt(SegmentState.FORMAT);
    }

    /**
     * @throws IOException if the savepoint is from a version of Tideline that this one does not know
     */
    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
        int format = version == getCurrentVersion() ? in.readInt() : -1;
        if (format != SegmentState.FORMAT) {
            throw new IOException("segments were written in format " + format + ", known is " + SegmentState.FORMAT
                    + ": the savepoint is from another version of Tideline");
        }
    }

    @Override
    public TypeSerializer<SegmentState> restoreSerializer() {
        return new SegmentStateSerializer();
    }

    @Override
    public TypeSerializerSchemaCompatibility<SegmentState> resolveSchemaCompatibility(
            TypeSerializerSnapshot<SegmentState> before) {
        return before instanceof SegmentStateSnapshot
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
