package dev.tideline.patterns.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One user's tallies by the names of their leaves, and when each of them next matters. An open table: the names are spread
 * evenly as they are. The instants stand side by side, so that the earliest is found without a look at the tallies. Not safe
 * for use by several threads.
 */
final class Tallies {
    private static final int SMALLEST = 4;

    private @Nullable Tally[] table = new Tally[0];
    private long[] dues = {};
    private int size;
    private long soonest = Tally.NEVER;
    private boolean soonestIsGone;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @Nullable
    Tally get(long key) {
        if (size == 0) {
            return null;
        }
        int mask = table.length - 1;
        for (int slot = (int) key & mask; ; slot = (slot + 1) & mask) {
            Tally tally = table[slot];
            if (tally == null || tally.key == key) {
                return tally;
            }
        }
    }

    /** Puts a tally in, in the place of one of the same leaf; it is never due until {@link #due(Tally, long)} says so. */
    void put(Tally tally) {
        Tally former = get(tally.key);
        if (former != null) {
            due(former, Tally.NEVER);
            tally.slot = former.slot;
            table[former.slot] = tally;
            return;
        }
        if ((size + 1) * 4 > table.length * 3) {
            grow(Math.max(SMALLEST, table.length * 2));
        }
        place(tally, Tally.NEVER);
        size++;
    }

    private void place(Tally tally, long due) {
        int mask = table.length - 1;
        int slot = (int) tally.key & mask;
        while (table[slot] != null) {
            slot = (slot + 1) & mask;
        }
        table[slot] = tally;
        dues[slot] = due;
        tally.slot = slot;
    }

    private void grow(int length) {
        @Nullable Tally[] before = table;
        long[] duesBefore = dues;
        table = new Tally[length];
        dues = new long[length];
        Arrays.fill(dues, Tally.NEVER);
        for (int slot = 0; slot < before.length; slot++) {
            Tally tally = before[slot];
            if (tally != null) {
                place(tally, duesBefore[slot]);
            }
        }
    }

    /** Makes room for so many, before they come. */
    void expect(int tallies) {
        int length = Math.max(SMALLEST, table.length);
        while (tallies * 4 > length * 3) {
            length *= 2;
        }
        if (length > table.length) {
            grow(length);
        }
    }

    /** Takes out a tally that is in. */
    void remove(Tally tally) {
        due(tally, Tally.NEVER);
        int mask = table.length - 1;
        int hole = tally.slot;
        for (int slot = (hole + 1) & mask; ; slot = (slot + 1) & mask) {
            Tally next = table[slot];
            if (next == null) {
                break;
            }
            int home = (int) next.key & mask;
            if (((slot - home) & mask) >= ((slot - hole) & mask)) {
                table[hole] = next;
                dues[hole] = dues[slot];
                next.slot = hole;
                hole = slot;
            }
        }
        table[hole] = null;
        dues[hole] = Tally.NEVER;
        size--;
    }

    void clear() {
        table = new Tally[0];
        dues = new long[0];
        size = 0;
        soonest = Tally.NEVER;
        soonestIsGone = false;
    }

    /** In no order. The action may change tallies, but neither put any in nor take any out. */
    void forEach(Consumer<Tally> action) {
        for (Tally tally : table) {
            if (tally != null) {
                action.accept(tally);
            }
        }
    }

    /** Says when a tally that is in next matters; {@link Tally#NEVER} if time alone changes nothing. */
    void due(Tally tally, long instant) {
        long before = dues[tally.slot];
        dues[tally.slot] = instant;
        if (instant <= soonest) {
            soonest = instant;
            soonestIsGone = false;
        } else if (before == soonest) {
            soonestIsGone = true;
        }
    }

    /** The earliest instant at which any of them matters. */
    long soonest() {
        if (soonestIsGone) {
            long earliest = Tally.NEVER;
            for (long due : dues) {
                earliest = Math.min(earliest, due);
            }
            soonest = earliest;
            soonestIsGone = false;
        }
        return soonest;
    }

    /** Those that matter at the instant or before. */
    List<Tally> dueBy(long instant) {
        List<Tally> found = new ArrayList<>(2);
        for (int slot = 0; slot < dues.length; slot++) {
            Tally tally = dues[slot] <= instant && dues[slot] < Tally.NEVER ? table[slot] : null;
            if (tally != null) {
                found.add(tally);
            }
        }
        return found;
    }

    Tallies copy() {
        Tallies copy = new Tallies();
        copy.table = new Tally[table.length];
        for (int slot = 0; slot < table.length; slot++) {
            Tally tally = table[slot];
            if (tally != null) {
                Tally copied = tally.copy();
                copied.slot = slot;
                copy.table[slot] = copied;
            }
        }
        copy.dues = dues.clone();
        copy.size = size;
        copy.soonest = soonest;
        copy.soonestIsGone = soonestIsGone;
        return copy;
    }
}
