package dev.tideline.patterns.rule;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The variables that an expression may name.
 *
 * @param fact whether there is a fact to ask; else only the profile
 * @param sequence whether {@code prev} is known
 * @param steps earlier steps by name
 */
record Visible(boolean fact, boolean sequence, Set<String> steps) {
    /** The variables that a fact gives. */
    static final List<String> OF_FACT =
            List.of("event_type", "context", "text", "session", "mood", "survey", "quiet", "week");

    /** The variables that the user gives. */
    static final List<String> OF_USER = List.of("user", "properties");

    static final String PREVIOUS = "prev";

    private static final Pattern WORD = Pattern.compile("\\w+");

    /** Profile leaves: no fact. */
    static final Visible PROFILE = new Visible(false, false, Set.of());

    /** A single fact and its user. */
    static final Visible FACT = new Visible(true, false, Set.of());

    Visible {
        steps = Set.copyOf(steps);
    }

    /** A step of a sequence, after the named ones. */
    static Visible afterSteps(Set<String> steps) {
        return new Visible(true, true, steps);
    }

    /** Whether an expression may name an earlier fact. Goes by its words, so that it may say yes wrongly, but never no. */
    boolean looksBack(String source) {
        return WORD.matcher(source)
                .results()
                .map(MatchResult::group)
                .anyMatch(word -> sequence && word.equals(PREVIOUS) || steps.contains(word));
    }

    /** Every name, for messages; in alphabetical order. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(OF_USER);
        names.addAll(steps);
        if (fact) {
            names.addAll(OF_FACT);
        }
        if (sequence) {
            names.add(PREVIOUS);
        }
        return names;
    }
}
