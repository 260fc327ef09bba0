package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import org.jspecify.annotations.Nullable;

/** A partial match of a {@link Chain}: the fact that it took last, and the one that it was before. Immutable. */
final class Partial implements Earlier {
    final HeldFact last;
    final @Nullable Partial before;
    /** How many facts it took, which is also the stage that it waits at. */
    final int length;
    /** When it took its first (epoch milliseconds). */
    final long begin;
    /** Whether it has seen no fact since it took its last. */
    final boolean fresh;

    Partial(HeldFact last, @Nullable Partial before, int length, long begin, boolean fresh) {
        this.last = last;
        this.before = before;
        this.length = length;
        this.begin = begin;
        this.fresh = fresh;
    }

    /** The one that follows when a fact is taken. */
    static Partial after(@Nullable Partial before, Moment now) {
        return before == null
                ? new Partial(now.held(), null, 1, now.millis(), true)
                : new Partial(now.held(), before, before.length + 1, before.begin, true);
    }

    @Override
    public Fact previous() {
        return last.fact();
    }

    @Override
    public @Nullable Fact step(String name, String[] names) {
        for (Partial link = this; link != null; link = link.before) {
            if (names[link.length - 1].equals(name)) {
                return link.last.fact();
            }
        }
        return null;
    }

    /** The number of the fact that it took first. */
    int first() {
        Partial link = this;
        while (link.before != null) {
            link = link.before;
        }
        return link.last.number;
    }

    /** It saw a fact and did not take it. */
    Partial waited() {
        return new Partial(last, before, length, begin, false);
    }
}
