package dev.tideline.job.ingest.tide;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes each part with the version of its own serializer, so that Kafka's connector can be renewed. */
final class TideCheckpointSerializer implements SimpleVersionedSerializer<TideCheckpoint> {
    private static final int VERSION = 1;

    private final SimpleVersionedSerializer<KafkaSourceEnumState> states;
    private final SimpleVersionedSerializer<KafkaPartitionSplit> splits;

    TideCheckpointSerializer(
            SimpleVersionedSerializer<KafkaSourceEnumState> states,
            SimpleVersionedSerializer<KafkaPartitionSplit> splits) {
        this.states = states;
        this.splits = splits;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(TideCheckpoint checkpoint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(checkpoint.eventTime());
        out.writeLong(checkpoint.wallClock());
        out.writeBoolean(checkpoint.started());
        out.writeInt(checkpoint.highest().size());
        for (Map.Entry<String, Long> partition : checkpoint.highest().entrySet()) {
            out.writeUTF(partition.getKey());
            out.writeLong(partition.getValue());
        }
        write(out, states, checkpoint.kafka());
        out.writeInt(checkpoint.waiting().size());
        for (KafkaPartitionSplit split : checkpoint.waiting()) {
            write(out, splits, split);
        }
        out.flush();
        return bytes.toByteArray();
    }

    @Override
    public TideCheckpoint deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("cannot read a tide of version " + version + ", only of " + VERSION);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        long eventTime = in.readLong();
        long wallClock = in.readLong();
        boolean started = in.readBoolean();
        Map<String, Long> highest = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            highest.put(in.readUTF(), in.readLong());
        }
        KafkaSourceEnumState kafka = read(in, states);
        int size = in.readInt();
        List<KafkaPartitionSplit> waiting = new ArrayList<>(size);
        for (int index = 0; index < size; index++) {
            waiting.add(read(in, splits));
        }
        return new TideCheckpoint(kafka, eventTime, wallClock, started, highest, waiting);
    }

    private static <T> void write(DataOutputStream out, SimpleVersionedSerializer<T> serializer, T part)
            throws IOException {
        byte[] bytes = serializer.serialize(part);
        out.writeInt(serializer.getVersion());
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static <T> T read(DataInputStream in, SimpleVersionedSerializer<T> serializer) throws IOException {
        int version = in.readInt();
        return serializer.deserialize(version, in.readNBytes(in.readInt()));
    }
}
