package dev.tideline.job.cep;

import dev.tideline.job.cep.Truth.Asked;
import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleDocument;
import dev.tideline.patterns.rule.RuleReader;
import dev.tideline.patterns.rule.Sequence;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A pattern, said once: written as a rule for ours, and built with Flink CEP's own words for stock. */
record Plan(String id, List<Step> steps, int withinMinutes) implements Serializable {

    /**
     * A step.
     *
     * @param contiguity null = not said
     * @param times null = not said; else as a rule writes it
     */
    record Step(
            String name,
            @Nullable String contiguity,
            String on,
            @Nullable Asked where,
            @Nullable Times times,
            boolean optional,
            boolean greedy,
            boolean consecutive,
            @Nullable Asked until)
            implements Serializable {
        boolean negative() {
            return contiguity != null && contiguity.startsWith("not_");
        }
    }

    /** How often a step happens, in one of the three ways to say it. */
    sealed interface Times extends Serializable {
        /** Exactly so often. */
        record Exactly(int n) implements Times {
            @Override
            public String toString() {
                return String.valueOf(n);
            }
        }

        /** So often or more. */
        record AtLeast(int n) implements Times {
            @Override
            public String toString() {
                return "{at_least: " + n + "}";
            }
        }

        /** Between two numbers. */
        record Between(int from, int to) implements Times {
            @Override
            public String toString() {
                return "{from: " + from + ", to: " + to + "}";
            }
        }
    }

    Set<String> kinds() {
        return steps.stream().map(Step::on).collect(Collectors.toUnmodifiableSet());
    }

    boolean endsInAbsence() {
        return steps.get(steps.size() - 1).negative();
    }

    long withinMillis() {
        return withinMinutes * 60_000L;
    }

    /** The rule as its author writes it. Each match is told: no cooldown, and no other signal raises this one's level. */
    String yaml() {
        StringBuilder yaml = new StringBuilder("""
                kind: pattern
                id: %s
                version: 1
                name: Random pattern
                family: mood
                level: CRISIS
                cooldown: 0s
                within: %dm
                sequence:
                """.formatted(id, withinMinutes));
        for (Step step : steps) {
            yaml.append("  - step: ").append(step.name()).append('\n');
            line(yaml, "contiguity", step.contiguity());
            line(yaml, "on", step.on());
            line(yaml, "where", step.where() == null ? null : "'" + step.where().cel() + "'");
            line(yaml, "times", step.times());
            line(yaml, "optional", step.optional() ? true : null);
            line(yaml, "greedy", step.greedy() ? true : null);
            line(yaml, "consecutive", step.consecutive() ? true : null);
            line(yaml, "until", step.until() == null ? null : "'" + step.until().cel() + "'");
        }
        return yaml.toString();
    }

    private static void line(StringBuilder yaml, String key, @Nullable Object value) {
        if (value != null) {
            yaml.append("    ").append(key).append(": ").append(value).append('\n');
        }
    }

    /** What reading the rule gives: the accepted document, or problems. */
    Reading reading() {
        return RuleReader.read(id + ".yaml", yaml());
    }

    RuleDocument document() {
        return reading().documents().get(0);
    }

    Sequence sequence() {
        return ((PatternRule) document().rule()).sequence();
    }
}
