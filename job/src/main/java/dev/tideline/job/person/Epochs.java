package dev.tideline.job.person;

import java.util.List;

/** The line of epochs: which segments and policies hold when. Immutable. */
final class Epochs {
    private final List<Epoch> line;
    private final long[] from;

    /** @param line at least one, by their beginnings */
    Epochs(List<Epoch> line) {
        this.line = List.copyOf(line);
        from = line.stream().mapToLong(Epoch::from).toArray();
    }

    /** The epoch of the instant; before the first one it is the first. */
    Epoch at(long instant) {
        return line.get(Math.max(0, indexOf(instant)));
    }

    /** When the first begins; what was in force before is no longer known. */
    long begin() {
        return from[0];
    }

    /** The first instant after this one at which another epoch begins; {@link Long#MAX_VALUE} if none does. */
    long after(long instant) {
        int next = indexOf(instant) + 1;
        return next < from.length ? from[next] : Long.MAX_VALUE;
    }

    private int indexOf(long instant) {
        int found = java.util.Arrays.binarySearch(from, instant);
        return found >= 0 ? found : -found - 2;
    }
}
