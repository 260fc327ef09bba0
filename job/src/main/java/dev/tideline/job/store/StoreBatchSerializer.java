package dev.tideline.job.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Batches in checkpoints. Version 1: the number of rows; for each the table's constant by name, the number of values, and
 * each value as its length in bytes (−1 for null) and UTF-8.
 */
final class StoreBatchSerializer implements SimpleVersionedSerializer<StoreBatch> {
    private static final int VERSION = 1;
    private static final int NULL = -1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(StoreBatch batch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(batch.rows().size());
        for (StoreRow row : batch.rows()) {
            out.writeUTF(row.table().name());
            out.writeInt(row.values().size());
            for (String value : row.values()) {
                write(out, value);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public StoreBatch deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("rows of version " + version + " in the checkpoint; this job reads " + VERSION);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        int size = in.readInt();
        List<StoreRow> rows = new ArrayList<>();
        for (int row = 0; row < size; row++) {
            Table table = Table.valueOf(in.readUTF());
            @Nullable String[] values = new @Nullable String[in.readInt()];
            for (int value = 0; value < values.length; value++) {
                values[value] = read(in);
            }
            rows.add(StoreRow.of(table, values));
        }
        return new StoreBatch(rows);
    }

    private static void write(DataOutputStream out, @Nullable String value) throws IOException {
        if (value == null) {
            out.writeInt(NULL);
            return;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static @Nullable String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NULL ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
