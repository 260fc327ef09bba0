package dev.tideline.patterns.alert;

import dev.tideline.patterns.fact.AlertMessage.Status;
import dev.tideline.patterns.fact.Level;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link AlertState} as bytes. */
final class AlertStateCodec {
    private static final int FORMAT = 1;

    private AlertStateCodec() {}

    static byte[] write(AlertState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(state.count);
            out.writeLong(state.now);
            out.writeLong(state.lastMatchAt);
            writeLevel(out, state.lastSignalLevel);
            writeInstant(out, state.lastSignalAt);
            writeAlert(out, state.alert);
            writeCooldowns(out, state.cooldowns);
            SignalCodec.writeAll(out, state.matches);
            out.writeInt(state.actions.size());
            for (String action : state.actions) {
                out.writeUTF(action);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static AlertState read(String user, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException("alert state of format " + format + ", not " + FORMAT);
            }
            AlertState state = new AlertState(user);
            state.count = in.readLong();
            state.now = in.readLong();
            state.lastMatchAt = in.readLong();
            state.lastSignalLevel = readLevel(in);
            state.lastSignalAt = readInstant(in);
            state.alert = readAlert(in);
            readCooldowns(in, state.cooldowns);
            SignalCodec.readAll(in, state.matches);
            for (int left = in.readInt(); left > 0; left--) {
                state.actions.add(in.readUTF());
            }
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException("alert state of " + bytes.length + " bytes ends too early", e);
        }
    }

    private static void writeAlert(DataOutputStream out, @Nullable Alert alert) throws IOException {
        out.writeBoolean(alert != null);
        if (alert == null) {
            return;
        }
        out.writeLong(alert.number);
        writeInstant(out, alert.openedAt);
        writeLevel(out, alert.level);
        writeInstant(out, alert.dueAt);
        out.writeByte(alert.status.ordinal());
        out.writeBoolean(alert.overdueTold);
        out.writeLong(alert.revision);
        out.writeLong(alert.wakeAt);
        out.writeLong(alert.knownAt);
        out.writeLong(alert.acknowledgedAt);
        out.writeLong(alert.lastSignalAt);
        out.writeLong(alert.signalsTotal);
        SignalCodec.writeAll(out, alert.signals);
    }

    private static @Nullable Alert readAlert(DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        Alert alert =
                new Alert(in.readLong(), required(readInstant(in)), required(readLevel(in)), required(readInstant(in)));
        alert.status = Status.values()[in.readByte()];
        alert.overdueTold = in.readBoolean();
        alert.revision = in.readLong();
        alert.wakeAt = in.readLong();
        alert.knownAt = in.readLong();
        alert.acknowledgedAt = in.readLong();
        alert.lastSignalAt = in.readLong();
        alert.signalsTotal = in.readLong();
        SignalCodec.readAll(in, alert.signals);
        return alert;
    }

    private static void writeCooldowns(DataOutputStream out, List<Cooldown> cooldowns) throws IOException {
        out.writeInt(cooldowns.size());
        for (Cooldown cooldown : cooldowns) {
            out.writeUTF(cooldown.pattern());
            writeLevel(out, cooldown.level());
            out.writeLong(cooldown.from());
            out.writeLong(cooldown.until());
        }
    }

    private static void readCooldowns(DataInputStream in, List<Cooldown> cooldowns) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            cooldowns.add(new Cooldown(in.readUTF(), required(readLevel(in)), in.readLong(), in.readLong()));
        }
    }

    static void writeLevel(DataOutputStream out, @Nullable Level level) throws IOException {
        out.writeByte(level == null ? -1 : level.ordinal());
    }

    static @Nullable Level readLevel(DataInputStream in) throws IOException {
        int ordinal = in.readByte();
        return ordinal < 0 ? null : Level.values()[ordinal];
    }

    static void writeInstant(DataOutputStream out, @Nullable Instant instant) throws IOException {
        out.writeBoolean(instant != null);
        if (instant != null) {
            out.writeLong(instant.getEpochSecond());
            out.writeInt(instant.getNano());
        }
    }

    static @Nullable Instant readInstant(DataInputStream in) throws IOException {
        return in.readBoolean() ? Instant.ofEpochSecond(in.readLong(), in.readInt()) : null;
    }

    static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("alert state without a value that every alert has");
        }
        return value;
    }
}
