package dev.tideline.patterns.rule;

import dev.tideline.patterns.rule.PatternRule.Raise;
import dev.tideline.patterns.rule.Sequence.Step;
import java.util.ArrayList;
import java.util.List;

/** A pattern in plain English. */
final class PatternWords {
    private PatternWords() {}

    static String of(PatternRule pattern) {
        List<String> said = new ArrayList<>();
        said.add("Raises " + FactWords.a(pattern.family()) + " signal at " + pattern.level() + " when "
                + when(pattern.sequence()) + ".");
        for (Raise raise : pattern.raise()) {
            said.add((said.size() == 1 ? "Where " : "Otherwise, where ") + English.quoted(raise.when())
                    + ", the signal is at " + raise.to() + ".");
        }
        if (pattern.immediate()) {
            said.add("It is decided when its fact arrives, also where that is late.");
        }
        if (pattern.supporting()) {
            said.add("It joins an open alert and never opens one.");
        }
        said.add(
                pattern.cooldownMillis() == 0
                        ? "Every match raises a signal."
                        : "After a signal it stays quiet for " + English.duration(pattern.cooldownMillis())
                                + ", but for a higher one.");
        return String.join(" ", said);
    }

    private static String when(Sequence sequence) {
        Step first = sequence.steps().get(0);
        boolean oneFact = sequence.steps().size() == 1 && Integer.valueOf(1).equals(first.to());
        return oneFact
                ? "there is " + StepsWords.present(first)
                : "these come within " + English.duration(sequence.withinMillis()) + ": " + StepsWords.of(sequence);
    }
}
