package dev.tideline.patterns.alert;

import dev.tideline.patterns.fact.Signal;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signals as bytes. The user is not written: the state that holds them knows. */
final class SignalCodec {
    private static final String NOBODY = "";

    private SignalCodec() {}

    static void writeAll(DataOutputStream out, List<Signal> signals) throws IOException {
        out.writeInt(signals.size());
        out.writeUTF(signals.isEmpty() ? NOBODY : signals.get(0).user());
        for (Signal signal : signals) {
            write(out, signal);
        }
    }

    static void readAll(DataInputStream in, List<Signal> signals) throws IOException {
        int left = in.readInt();
        String user = in.readUTF();
        for (; left > 0; left--) {
            signals.add(read(in, user));
        }
    }

    private static void write(DataOutputStream out, Signal signal) throws IOException {
        out.writeUTF(signal.pattern());
        out.writeInt(signal.version());
        out.writeUTF(signal.name());
        out.writeUTF(signal.family());
        AlertStateCodec.writeLevel(out, signal.level());
        AlertStateCodec.writeInstant(out, signal.at());
        AlertStateCodec.writeInstant(out, signal.arrivedAt());
        out.writeBoolean(signal.supporting());
        out.writeLong(signal.cooldownMillis());
        Signal.Evidence evidence = signal.evidence();
        out.writeInt(evidence.events().size());
        for (String event : evidence.events()) {
            out.writeUTF(event);
        }
        out.writeInt(evidence.values().size());
        for (Map.Entry<String, Double> value : evidence.values().entrySet()) {
            out.writeUTF(value.getKey());
            out.writeDouble(value.getValue());
        }
        writeNumber(out, evidence.threshold());
        writeNumber(out, evidence.baseline());
    }

    private static Signal read(DataInputStream in, String user) throws IOException {
        String pattern = in.readUTF();
        int version = in.readInt();
        String name = in.readUTF();
        String family = in.readUTF();
        var level = AlertStateCodec.required(AlertStateCodec.readLevel(in));
        var at = AlertStateCodec.required(AlertStateCodec.readInstant(in));
        var arrivedAt = AlertStateCodec.required(AlertStateCodec.readInstant(in));
        boolean supporting = in.readBoolean();
        long cooldownMillis = in.readLong();
        List<String> events = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            events.add(in.readUTF());
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            values.put(in.readUTF(), in.readDouble());
        }
        Signal.Evidence evidence = new Signal.Evidence(events, values, readNumber(in), readNumber(in));
        return new Signal(
                user, pattern, version, name, family, level, at, arrivedAt, evidence, supporting, cooldownMillis);
    }

    private static void writeNumber(DataOutputStream out, @Nullable Double number) throws IOException {
        out.writeBoolean(number != null);
        if (number != null) {
            out.writeDouble(number);
        }
    }

    private static @Nullable Double readNumber(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readDouble() : null;
    }
}
