package dev.tideline.patterns.sequence;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What a savepoint remembers of {@link SequenceStateSerializer}: its format, so that another one is refused at once. */
public final class SequenceStateSnapshot implements TypeSerializerSnapshot<SequenceState> {
    private int format = SequenceStateSerializer.FORMAT;

    /** For Flink, which fills it from the savepoint. */
    public SequenceStateSnapshot() {}

    @Override
    public int getCurrentVersion() {
        return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeInt(format);
    }

    /**
     * @throws IOException if the savepoint is from a version of Tideline that this one does not know
     */
    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
        if (version != getCurrentVersion()) {
            throw new IOException("partial matches are described in version " + version + ", known is "
                    + getCurrentVersion() + ": the savepoint is from another version of Tideline");
        }
        format = in.readInt();
        if (format != SequenceStateSerializer.FORMAT) {
            throw new IOException("partial matches were written in format " + format + ", known is "
                    + SequenceStateSerializer.FORMAT + ": the savepoint is from another version of Tideline");
        }
    }

    @Override
    public TypeSerializer<SequenceState> restoreSerializer() {
        return new SequenceStateSerializer();
    }

    @Override
    public TypeSerializerSchemaCompatibility<SequenceState> resolveSchemaCompatibility(
            TypeSerializerSnapshot<SequenceState> before) {
        return before instanceof SequenceStateSnapshot
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
