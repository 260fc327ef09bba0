package dev.tideline.patterns.segment;

import java.util.Arrays;

/** The questions, by their names, that were last answered with yes. Not safe for use by several threads. */
final class Answers {
    private long[] yes = {};

    boolean isYes(long key) {
        return yes.length > 0 && Arrays.binarySearch(yes, key) >= 0;
    }

    /** Takes an answer; false where it is the one that was known. */
    boolean answer(long key, boolean answer) {
        int place = Arrays.binarySearch(yes, key);
        if (answer == (place >= 0)) {
            return false;
        }
        if (answer) {
            int at = -place - 1;
            long[] more = Arrays.copyOf(yes, yes.length + 1);
            System.arraycopy(yes, at, more, at + 1, yes.length - at);
            more[at] = key;
            yes = more;
        } else {
            long[] less = Arrays.copyOf(yes, yes.length - 1);
            System.arraycopy(yes, place + 1, less, place, less.length - place);
            yes = less;
        }
        return true;
    }

    void clear() {
        yes = new long[0];
    }

    int size() {
        return yes.length;
    }

    /** Ascending; the index is below {@link #size()}. */
    long key(int index) {
        return yes[index];
    }

    /** @param keys ascending; not to be changed by anybody else */
    void set(long[] keys) {
        yes = keys;
    }

    Answers copy() {
        Answers copy = new Answers();
        copy.yes = yes;
        return copy;
    }
}
