package dev.tideline.job.replay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes splits as their file and position, one after the other; the enumerator's state is the splits nobody reads yet. */
final class HistorySplitSerializer implements SimpleVersionedSerializer<List<HistorySplit>> {
    /** The same for a single split. */
    static SimpleVersionedSerializer<HistorySplit> single() {
        HistorySplitSerializer many = new HistorySplitSerializer();
        return new SimpleVersionedSerializer<>() {
            @Override
            public int getVersion() {
                return many.getVersion();
            }

            @Override
            public byte[] serialize(HistorySplit split) throws IOException {
                return many.serialize(List.of(split));
            }

            @Override
            public HistorySplit deserialize(int version, byte[] bytes) throws IOException {
                return many.deserialize(version, bytes).get(0);
            }
        };
    }

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(List<HistorySplit> splits) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(splits.size());
            for (HistorySplit split : splits) {
                out.writeUTF(split.history());
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public List<HistorySplit> deserialize(int version, byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readInt();
            List<HistorySplit> splits = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                splits.add(new HistorySplit(in.readUTF()));
            }
            return splits;
        }
    }
}
