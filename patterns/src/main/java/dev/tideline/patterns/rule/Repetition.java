package dev.tideline.patterns.rule;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often a step happens.
 *
 * @param to null = no upper bound
 */
record Repetition(int from, @Nullable Integer to) {
    private static final int MOST = 1000;
    static final Repetition ONCE = new Repetition(1, 1);

    /** Reads {@code n}, {@code {at_least: n}} or {@code {from: n, to: m}}; once where nothing is said. */
    static Repetition read(@Nullable Part part) {
        if (part == null) {
            return ONCE;
        }
        if (!part.isObject()) {
            int times = part.whole(1, MOST);
            return new Repetition(times, times);
        }
        Fields fields = part.fields(Set.of("at_least", "from", "to"));
        if (fields.has("at_least")) {
            if (fields.has("from") || fields.has("to")) {
                part.wrong("`at_least` beside `from` or `to`", "{at_least: n} or {from: n, to: m}");
            }
            return new Repetition(fields.required("at_least", "a whole number").whole(1, MOST), null);
        }
        if (!fields.has("from") && !fields.has("to") && !fields.misspelt()) {
            part.wrong("neither `at_least` nor `from` and `to`", "n, {at_least: n} or {from: n, to: m}");
            return ONCE;
        }
        int from = fields.required("from", "a whole number").whole(1, MOST);
        int to = fields.required("to", "a whole number").whole(1, MOST);
        if (from > to && fields.has("from") && fields.has("to")) {
            part.wrong("from " + from + " to " + to, "the lower number first");
        }
        return new Repetition(from, to);
    }
}
