package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.rule.PatternRule.Raise;
import dev.tideline.patterns.rule.PolicyRule.Compound;
import dev.tideline.patterns.rule.Sequence.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Says in plain English what a rule means, and what it keeps per user. */
public final class English {
    private static final long SECOND = 1000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private English() {}

    /** One paragraph about a rule. */
    public static String explain(Rule rule) {
        Header header = rule.header();
        String state = header.enabled() ? (header.shadow() ? ", in shadow" : "") : ", switched off";
        String opening = header.kind().word() + " " + header.id() + ", version " + header.version() + state + " ("
                + header.name() + "). ";
        return opening.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + opening.substring(1) + meaning(rule);
    }

    private static String meaning(Rule rule) {
        if (rule instanceof SegmentRule segment) {
            return segment(segment);
        }
        return rule instanceof PatternRule pattern ? pattern(pattern) : policy((PolicyRule) rule);
    }

    private static String segment(SegmentRule segment) {
        List<String> kept = new TreeSet<>(kept(segment.when())).stream().toList();
        String state = kept.isEmpty() ? "nothing but membership itself" : String.join("; ", kept);
        return "A user is a member while " + condition(segment.when()) + ". Kept per user: " + state + ".";
    }

    private static String condition(Condition condition) {
        if (condition instanceof Condition.All all) {
            return list(all.parts(), "and");
        }
        if (condition instanceof Condition.Any any) {
            return list(any.parts(), "or");
        }
        if (condition instanceof Condition.Not not) {
            return "it is not so that " + condition(not.part());
        }
        if (condition instanceof Condition.Performed performed) {
            return performed(performed);
        }
        if (condition instanceof Condition.Profile profile) {
            return "the profile satisfies `" + oneLine(profile.predicate()) + "`";
        }
        if (condition instanceof Condition.InSegment in) {
            return "the user is in the segment " + in.segment();
        }
        return condition instanceof Condition.AtRisk risk
                ? "an alert is open at " + orAbove(risk.level())
                : "a match of this began less than " + followed((Condition.Followed) condition);
    }

    private static String followed(Condition.Followed followed) {
        return duration(followed.sequence().withinMillis()) + " ago: " + steps(followed.sequence());
    }

    private static String list(List<Condition> parts, String joint) {
        if (parts.size() == 1) {
            return condition(parts.get(0));
        }
        return "("
                + String.join(
                        " " + joint + " ",
                        parts.stream().map(English::condition).toList()) + ")";
    }

    private static String performed(Condition.Performed performed) {
        String where = performed.where() == null ? "" : " with `" + oneLine(performed.where()) + "`";
        Long within = performed.withinMillis();
        return count(performed) + " " + performed.fact() + where
                + (within == null ? " ever" : " in the last " + duration(within));
    }

    private static String count(Condition.Performed performed) {
        Integer most = performed.atMost();
        if (most == null) {
            return performed.atLeast() == 1 ? "there was at least one" : "there were at least " + performed.atLeast();
        }
        if (most == 0) {
            return "there was no";
        }
        if (most == performed.atLeast()) {
            return "there were exactly " + most;
        }
        return performed.atLeast() == 0
                ? "there were at most " + most
                : "there were between " + performed.atLeast() + " and " + most;
    }

    private static List<String> kept(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream().flatMap(part -> kept(part).stream()).toList();
        }
        if (condition instanceof Condition.Any any) {
            return any.parts().stream().flatMap(part -> kept(part).stream()).toList();
        }
        if (condition instanceof Condition.Not not) {
            return kept(not.part());
        }
        if (condition instanceof Condition.Performed performed) {
            return List.of(kept(performed));
        }
        return condition instanceof Condition.Followed followed
                ? List.of("the unfinished matches of " + names(followed.sequence()) + " of the last "
                        + duration(followed.sequence().withinMillis()))
                : List.of();
    }

    private static String kept(Condition.Performed performed) {
        int newest = newest(performed);
        String times = newest == 1 ? "time" : newest + " times";
        return performed.withinMillis() == null
                ? "how often " + performed.fact() + " counted, up to " + newest
                : "the newest " + times + " of " + performed.fact();
    }

    /** How many of the newest facts a count needs. */
    public static int newest(Condition.Performed performed) {
        Integer most = performed.atMost();
        return most == null ? performed.atLeast() : most + 1;
    }

    private static String pattern(PatternRule pattern) {
        StringBuilder text = new StringBuilder();
        text.append("A ")
                .append(pattern.family())
                .append(" signal at ")
                .append(pattern.level())
                .append(" when, within ");
        text.append(duration(pattern.sequence().withinMillis()))
                .append(", ")
                .append(steps(pattern.sequence()))
                .append(". ");
        for (Raise raise : pattern.raise()) {
            text.append("Where `")
                    .append(oneLine(raise.when()))
                    .append("`, it is at ")
                    .append(raise.to())
                    .append(". ");
        }
        text.append(pattern.immediate() ? "Decided the moment its fact arrives. " : "");
        text.append(pattern.supporting() ? "It joins an open alert and never opens one. " : "");
        text.append(
                pattern.cooldownMillis() == 0
                        ? "Every match counts. "
                        : "After a signal it stays quiet for " + duration(pattern.cooldownMillis()) + ". ");
        return text.append("Kept per user: the unfinished matches of the last ")
                .append(duration(pattern.sequence().withinMillis()))
                .append(" and the time of the last signal.")
                .toString();
    }

    private static String steps(Sequence sequence) {
        List<String> said = new ArrayList<>();
        for (Step step : sequence.steps()) {
            said.add((said.isEmpty() ? "" : link(step)) + step(step));
        }
        return String.join(", ", said);
    }

    private static String link(Step step) {
        return switch (step.contiguity()) {
            case FOLLOWED_BY -> "later ";
            case NEXT -> "right after it ";
            case FOLLOWED_BY_ANY -> "at any time later ";
            case NOT_NEXT -> "not right after it ";
            case NOT_FOLLOWED_BY -> "and until the next step or the end no ";
        };
    }

    private static String step(Step step) {
        String where = step.where() == null ? "" : " with `" + oneLine(step.where()) + "`";
        String until = step.until() == null ? "" : " until `" + oneLine(step.until()) + "`";
        return (step.optional() ? "perhaps " : "") + times(step) + step.on() + " (" + step.name() + ")" + where + until;
    }

    private static String times(Step step) {
        Integer to = step.to();
        String inARow = step.consecutive() ? "in a row " : "";
        if (to == null) {
            return "at least " + step.from() + " " + inARow;
        }
        if (to == step.from()) {
            return to == 1 ? "" : to + " " + inARow;
        }
        return step.from() + " to " + to + " " + inARow;
    }

    private static String names(Sequence sequence) {
        return String.join(" – ", sequence.steps().stream().map(Step::name).toList());
    }

    private static String policy(PolicyRule policy) {
        StringBuilder text = new StringBuilder();
        for (Compound compound : policy.compound()) {
            text.append(compound(compound)).append(". ");
        }
        for (Level level : Arrays.asList(Level.CRISIS, Level.RED, Level.AMBER)) {
            Long due = policy.dueMillis().get(level);
            text.append(due == null ? "" : level + " is due within " + duration(due) + ". ");
        }
        return text.append("After ")
                .append(duration(policy.quietMillis()))
                .append(" without a match, ")
                .append(levels(policy.quietResolves()))
                .append(" resolve by themselves, and once acknowledged ")
                .append(levels(policy.quietResolvesAcknowledged()))
                .append(".")
                .toString();
    }

    private static String compound(Compound compound) {
        String families = compound.families() == 1
                ? "A signal at " + orAbove(compound.level())
                : "Signals of " + compound.families() + " different families at " + orAbove(compound.level());
        String with = compound.with().isEmpty()
                ? ""
                : " together with one of " + String.join(", ", new TreeSet<>(compound.with()));
        return families + with + " within " + duration(compound.withinMillis()) + " make the alert " + compound.to();
    }

    private static String orAbove(Level level) {
        return level == Level.CRISIS ? "CRISIS" : level + " or above";
    }

    private static String levels(Collection<Level> levels) {
        return levels.isEmpty()
                ? "none"
                : String.join(
                        " and ", new TreeSet<>(levels).stream().map(Level::name).toList());
    }

    private static String oneLine(Predicate predicate) {
        return predicate.source().strip().replaceAll("\\s+", " ");
    }

    /** A duration in its largest whole unit. */
    public static String duration(long millis) {
        if (millis % DAY == 0) {
            return unit(millis / DAY, "day");
        }
        if (millis % HOUR == 0) {
            return unit(millis / HOUR, "hour");
        }
        return millis % MINUTE == 0 ? unit(millis / MINUTE, "minute") : unit(millis / SECOND, "second");
    }

    private static String unit(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
