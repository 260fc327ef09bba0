package dev.tideline.job.rules;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes the split; the enumerator's state is whether it still has it. */
final class RuleFilesSplitSerializer implements SimpleVersionedSerializer<RuleFilesSplit> {
    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(RuleFilesSplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(split.told().size());
            for (ToldRule rule : split.told()) {
                out.writeUTF(rule.key());
                out.writeUTF(rule.file());
                out.writeBoolean(rule.shipped());
                out.writeInt(rule.version());
                out.writeUTF(rule.fingerprint());
            }
            out.writeInt(split.flaws().size());
            for (ToldFlaw flaw : split.flaws()) {
                out.writeUTF(flaw.key());
                out.writeUTF(flaw.fingerprint());
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public RuleFilesSplit deserialize(int version, byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            List<ToldRule> told = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                told.add(new ToldRule(in.readUTF(), in.readUTF(), in.readBoolean(), in.readInt(), in.readUTF()));
            }
            List<ToldFlaw> flaws = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                flaws.add(new ToldFlaw(in.readUTF(), in.readUTF()));
            }
            return new RuleFilesSplit(told, flaws);
        }
    }
}
