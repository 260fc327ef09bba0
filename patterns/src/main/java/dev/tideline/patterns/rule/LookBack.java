package dev.tideline.patterns.rule;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an expression asks of earlier facts, noted while it is planned. */
final class LookBack {
    private final Set<Recollection> numbers = new HashSet<>();
    private boolean more;

    /** It asks for this number of the fact before. */
    void recalls(Recollection number) {
        numbers.add(number);
    }

    /** It asks for something that is no number of the fact before. */
    void asksForMore() {
        more = true;
    }

    /** The one number, if that is all it asks of earlier facts. */
    @Nullable
    Recollection only() {
        return !more && numbers.size() == 1 ? numbers.iterator().next() : null;
    }
}
