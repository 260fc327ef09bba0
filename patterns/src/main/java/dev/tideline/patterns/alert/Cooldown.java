package dev.tideline.patterns.alert;

import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.Signal;

/**
 * For how long a pattern stays quiet at a level.
 *
 * @param from the time of the signal that started it, epoch milliseconds
 * @param until the first instant after it
 */
record Cooldown(String pattern, Level level, long from, long until) {
    static Cooldown after(Signal signal) {
        long from = signal.at().toEpochMilli();
        return new Cooldown(signal.pattern(), signal.level(), from, from + signal.cooldownMillis());
    }

    /** Whether the signal is held back: never one above the level that started the cooldown, nor one from before it. */
    boolean holdsBack(Signal signal) {
        long at = signal.at().toEpochMilli();
        return pattern.equals(signal.pattern()) && level.atLeast(signal.level()) && from <= at && at < until;
    }

    boolean sameAs(Cooldown other) {
        return pattern.equals(other.pattern) && level == other.level;
    }

    /** Both, where they touch; else the later one. */
    Cooldown with(Cooldown other) {
        Cooldown earlier = from <= other.from ? this : other;
        Cooldown later = earlier == this ? other : this;
        return earlier.until < later.from
                ? later
                : new Cooldown(pattern, level, earlier.from, Math.max(earlier.until, later.until));
    }
}
