package dev.tideline.patterns.check;

import dev.tideline.patterns.fact.Fact.Derived;
import dev.tideline.patterns.rule.Condition;
import dev.tideline.patterns.rule.English;
import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.PolicyRule;
import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.RuleParts;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.sequence.Evaluation;
import dev.tideline.patterns.sequence.SequenceCompiler;
import dev.tideline.patterns.sequence.SequenceMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A rule in plain English: what it means, what it keeps of each user, and how it is evaluated. Stateless. */
public final class Explanation {
    private static final String INDENT = "  ";

    private final Rule rule;
    private final List<String> lines = new ArrayList<>();

    private Explanation(Rule rule) {
        this.rule = rule;
    }

    /**
     * A paragraph, and below it lines of numbers, each indented.
     *
     * @param rule a rule without problems
     */
    public static String of(Rule rule) {
        return new Explanation(rule).text();
    }

    private String text() {
        lines.add(English.explain(rule));
        line("State of a user", state());
        Map<String, Sequence> sequences = RuleParts.sequences(rule);
        sequences.values().forEach(sequence -> line("Sequence", evaluation(sequence)));
        line("Predicates", predicates());
        line("Looks at", facts());
        line("In force", inForce());
        return String.join("\n", lines);
    }

    private void line(String what, String said) {
        if (!said.isEmpty()) {
            lines.add(INDENT + what + ": " + said + ".");
        }
    }

    private String state() {
        List<String> kept = new ArrayList<>();
        RuleParts.counts(rule).forEach((path, count) -> kept.add(path + ": " + counted(count)));
        RuleParts.sequences(rule).forEach((path, sequence) -> kept.add(path + ": " + partials(sequence)));
        if (rule instanceof PolicyRule policy) {
            kept.add("the last alert with at most 50 signals");
            kept.add(matches(policy));
        } else if (rule instanceof PatternRule) {
            kept.add("the time of the last signal of each level");
        }
        return kept.isEmpty() ? "whether the user is a member, nothing else" : String.join("; ", kept);
    }

    private static String counted(Condition.Performed count) {
        if (count.withinMillis() == null) {
            return "one counter of " + English.facts(count.fact());
        }
        Integer most = count.atMost();
        int newest = most == null ? count.atLeast() : most + 1;
        return newest == 1
                ? "the time of the newest of " + English.facts(count.fact()) + ", 8 bytes"
                : "the times of the newest " + English.facts(newest, count.fact()) + ", 8 bytes each";
    }

    private static String matches(PolicyRule policy) {
        long longest = policy.compound().stream()
                .mapToLong(PolicyRule.Compound::withinMillis)
                .max()
                .orElse(0);
        return longest == 0
                ? "no matches, as none are joined"
                : "the matches of " + English.last(2 * longest)
                        + ", twice its longest `within`, at most 4 of a pattern and level";
    }

    private static String partials(Sequence sequence) {
        if (SequenceCompiler.evaluation(sequence) == Evaluation.ONE_FACT) {
            return "nothing, one fact decides";
        }
        boolean bounded = sequence.steps().stream().allMatch(step -> step.to() != null);
        int facts = sequence.steps().stream()
                .filter(step -> !step.contiguity().negative() && step.to() != null)
                .mapToInt(step -> step.to())
                .sum();
        String each = bounded
                ? "each of at most " + facts + (facts == 1 ? " fact" : " facts")
                : "each of as many facts as its steps take";
        return "matches under way that began in " + English.last(sequence.withinMillis()) + ", " + each + ", at most "
                + SequenceMatcher.MOST_PARTIALS + " of them by default (`rules.partial-matches`)";
    }

    private static String evaluation(Sequence sequence) {
        Evaluation evaluation = SequenceCompiler.evaluation(sequence);
        return evaluation == Evaluation.NFA
                ? "run by " + evaluation.words()
                : "a small automaton, “" + evaluation.words() + "”, which finds the matches of Flink CEP's NFA";
    }

    private String predicates() {
        List<Predicate> all = RuleParts.predicates(rule);
        Map<String, Long> kinds =
                all.stream().collect(Collectors.groupingBy(Predicate::evaluation, TreeMap::new, Collectors.counting()));
        if (kinds.size() > 1) {
            return kinds.entrySet().stream()
                    .map(kind -> kind.getValue() + " " + kind.getKey())
                    .collect(Collectors.joining("; "));
        }
        String number = switch (all.size()) {
            case 1 -> "one, ";
            case 2 -> "both ";
            default -> "all " + all.size() + " ";
        };
        return kinds.keySet().stream().map(kind -> number + kind).collect(Collectors.joining());
    }

    private String facts() {
        return RuleParts.kinds(rule).stream().map(Explanation::fact).collect(Collectors.joining("; "));
    }

    private static String fact(String kind) {
        return switch (kind) {
            case Derived.SESSION -> "sessions, known 30 minutes after their last event";
            case Derived.TEXT -> "texts, known with the event once they are scored";
            case Derived.MOOD_DAY -> "mood days, known when a UTC day with a mood log has ended";
            case Derived.SURVEY -> "survey responses, known when they come";
            case Derived.QUIET -> "silences, known when one is longer than is usual for the user";
            case Derived.WEEK -> "weeks, known when a UTC week has ended";
            default -> English.facts(kind);
        };
    }

    private String inForce() {
        if (!rule.header().enabled()) {
            return "no (`enabled: false`): nothing is evaluated and nothing kept";
        }
        if (rule.header().shadow()) {
            return "in shadow (`mode: shadow`): evaluated and counted, told to `rule-status` alone";
        }
        return "yes, live";
    }
}
