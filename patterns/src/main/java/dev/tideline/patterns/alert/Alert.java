package dev.tideline.patterns.alert;

import dev.tideline.patterns.fact.AlertMessage.Status;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A user's open alert, or the last one that was open. Its level only ever rises. */
final class Alert {
    static final int MOST_SIGNALS = 50;

    final long number;
    final Instant openedAt;
    Level level;
    Status status = Status.OPEN;
    Instant dueAt;
    boolean overdueTold;
    long revision;

    /** Since when it waits to be acknowledged: it opened, rose or was reopened. Epoch milliseconds. */
    long wakeAt;

    /** The earliest that a person can have seen it as urgent as it is. Epoch milliseconds. */
    long knownAt;

    long acknowledgedAt = Long.MIN_VALUE;

    /** The last signal that was told, where the ordered lane had got to at least. Epoch milliseconds. */
    long lastSignalAt = Long.MIN_VALUE;

    /** In the order they joined: the opener first. */
    final List<Signal> signals = new ArrayList<>();

    long signalsTotal;

    Alert(long number, Instant openedAt, Level level, Instant dueAt) {
        this.number = number;
        this.openedAt = openedAt;
        this.level = level;
        this.dueAt = dueAt;
    }

    boolean isOpen() {
        return status != Status.RESOLVED;
    }

    /** Asks for a person, anew. */
    void wake(Instant due, long since, long known) {
        status = Status.OPEN;
        dueAt = due;
        overdueTold = false;
        wakeAt = since;
        knownAt = known;
    }

    void join(Signal signal) {
        if (signals.contains(signal)) {
            return;
        }
        signals.add(signal);
        signalsTotal++;
        if (signals.size() > MOST_SIGNALS) {
            Signal highest = highest();
            signals.remove(signals.get(1).equals(highest) ? 2 : 1);
        }
    }

    /** The most urgent signal; of equals the first. */
    Signal highest() {
        Signal highest = signals.get(0);
        for (Signal signal : signals) {
            highest = signal.level().compareTo(highest.level()) > 0 ? signal : highest;
        }
        return highest;
    }
}
