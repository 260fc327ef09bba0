package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Level;
import java.util.List;

/**
 * A signal of distress.
 *
 * @param family {@code mood}, {@code text}, {@code survey}, {@code feedback}, {@code engagement} or {@code burnout}
 * @param level where no {@code raise} holds
 * @param raise the first that holds sets the level
 * @param cooldownMillis how long the pattern stays quiet after a signal; 0 = never
 * @param immediate decided from its own fact on arrival; one step
 * @param supporting joins an open alert and never opens one
 */
public record PatternRule(
        Header header,
        String family,
        Level level,
        Sequence sequence,
        List<Raise> raise,
        long cooldownMillis,
        boolean immediate,
        boolean supporting)
        implements Rule {

    /**
     * Where {@code when} holds for a match, the signal is at {@code to}. The expression sees the match's last fact as its own,
     * the one before it as {@code prev}, and each step's latest fact under the step's name.
     */
    public record Raise(Predicate when, Level to) {}
}
