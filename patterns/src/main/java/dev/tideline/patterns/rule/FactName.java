package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact.Derived;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads what a rule looks at: an event type, which may have any name, or a derived fact. */
final class FactName {
    private static final Pattern EVENT_TYPE = Pattern.compile("[a-z][a-z0-9_]{0,49}");

    private FactName() {}

    /** What was written, as a name. */
    static String plain(String written) {
        return written.strip()
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s./-]+", "_");
    }

    /** The name; derived facts only where they are among the allowed ones. */
    static String read(Part part, Set<String> derived) {
        String expected = "an event type (lower-case letters, digits and _, at most 50) or one of "
                + String.join(", ", new TreeSet<>(derived));
        String name = part.text(EVENT_TYPE, expected, FactName::plain);
        if (Derived.NAMES.contains(name) && !derived.contains(name)) {
            part.wrong("the derived fact `" + name + "`", expected, NearMiss.of(name, List.copyOf(derived)));
        }
        return name;
    }
}
