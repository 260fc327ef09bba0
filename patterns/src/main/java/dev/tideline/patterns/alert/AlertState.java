package dev.tideline.patterns.alert;

import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the alert desk needs to know of one user. Not safe for use by several threads.
 *
 * <p>Owns: the last alert with at most 50 signals, the matches of twice the policy's time (at most four per
 * pattern and level), a cooldown per pattern and level, the ids of the last 64 staff actions · Lifecycle: matches and
 * cooldowns go with time or with the alert, the rest with the user · Never: a person's words.
 */
public final class AlertState {
    private static final int MOST_MATCHES_ALIKE = 4;
    private static final int MOST_ACTIONS = 64;

    final String user;

    /** How many alerts the user has had. */
    long count;

    /** Up to where the ordered lane has got, in epoch milliseconds. */
    long now = Long.MIN_VALUE;

    @Nullable
    Alert alert;

    /** The last match of any pattern, held back or not; of a late one the instant at which it came. */
    long lastMatchAt = Long.MIN_VALUE;

    @Nullable
    Level lastSignalLevel;

    @Nullable
    Instant lastSignalAt;

    final List<Cooldown> cooldowns = new ArrayList<>();
    final List<Signal> matches = new ArrayList<>();
    final LinkedHashSet<String> actions = new LinkedHashSet<>();

    /** A user without any alert yet. */
    public AlertState(String user) {
        this.user = user;
    }

    /** Reads what {@link #toBytes} wrote. */
    public static AlertState fromBytes(String user, byte[] bytes) {
        return AlertStateCodec.read(user, bytes);
    }

    /** The whole state as one compact value. */
    public byte[] toBytes() {
        return AlertStateCodec.write(this);
    }

    /** The level of the user's open alert; null if none is open. What {@code risk:} in a segment asks for. */
    public @Nullable Level openLevel() {
        Alert open = open();
        return open == null ? null : open.level;
    }

    /** The id of the user's open alert; null if none is open. */
    public @Nullable String openAlertId() {
        Alert open = open();
        return open == null ? null : id(open);
    }

    /** The level of the last signal that was told, in this alert or an earlier one. */
    public @Nullable Level lastSignalLevel() {
        return lastSignalLevel;
    }

    /** The time of that signal. */
    public @Nullable Instant lastSignalAt() {
        return lastSignalAt;
    }

    @Nullable
    Alert open() {
        return alert != null && alert.isOpen() ? alert : null;
    }

    String id(Alert which) {
        return user + "/" + which.number;
    }

    /** Whether the very same match was there before, at this level or above. */
    boolean knows(Signal signal) {
        return matches.stream().anyMatch(known -> isRepeat(signal, known))
                || (alert != null && alert.signals.stream().anyMatch(known -> isRepeat(signal, known)));
    }

    private static boolean isRepeat(Signal signal, Signal known) {
        return known.pattern().equals(signal.pattern())
                && known.version() == signal.version()
                && known.at().equals(signal.at())
                && known.level().atLeast(signal.level())
                && known.evidence().events().equals(signal.evidence().events());
    }

    /** Keeps a match for twice as long as the policy looks back, so that a late one still meets those of its own time. */
    void remember(Signal signal, long horizonMillis) {
        matches.add(signal);
        lastMatchAt = Math.max(lastMatchAt, Math.max(now, signal.at().toEpochMilli()));
        matches.removeIf(match -> match.at().toEpochMilli() <= lastMatchAt - 2 * horizonMillis);
        List<Signal> alike = matches.stream()
                .filter(match -> match.pattern().equals(signal.pattern()) && match.level() == signal.level())
                .toList();
        if (alike.size() > MOST_MATCHES_ALIKE) {
            matches.remove(alike.stream()
                    .min(java.util.Comparator.comparing(Signal::at))
                    .orElseThrow());
        }
    }

    boolean holdsBack(Signal signal) {
        return cooldowns.stream().anyMatch(cooldown -> cooldown.holdsBack(signal));
    }

    void cool(Signal signal) {
        cooldowns.removeIf(cooldown -> cooldown.until() <= now);
        if (signal.cooldownMillis() > 0) {
            Cooldown started = Cooldown.after(signal);
            Cooldown merged = cooldowns.stream()
                    .filter(started::sameAs)
                    .findFirst()
                    .map(started::with)
                    .orElse(started);
            cooldowns.removeIf(started::sameAs);
            cooldowns.add(merged);
        }
    }

    /** False where the action was there before. */
    boolean admit(String action) {
        boolean added = actions.add(action);
        if (actions.size() > MOST_ACTIONS) {
            actions.remove(actions.iterator().next());
        }
        return added;
    }
}
