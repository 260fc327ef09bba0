package dev.tideline.patterns.rule;

import dev.tideline.patterns.rule.Condition.Performed;
import java.util.List;
import java.util.stream.Collectors;

/** A segment's condition in plain English. */
final class SegmentWords {
    private SegmentWords() {}

    static String of(SegmentRule segment) {
        return "A user is a member while " + said(segment.when()) + ".";
    }

    private static String said(Condition condition) {
        if (condition instanceof Condition.All all) {
            return list(all.parts(), ", and ");
        }
        if (condition instanceof Condition.Any any) {
            return list(any.parts(), ", or ");
        }
        if (condition instanceof Condition.Not not) {
            return denied(not.part());
        }
        if (condition instanceof Performed performed) {
            return performed(performed);
        }
        if (condition instanceof Condition.Profile profile) {
            return "the profile satisfies " + English.quoted(profile.predicate());
        }
        if (condition instanceof Condition.InSegment in) {
            return "the user is in the segment " + in.segment();
        }
        return condition instanceof Condition.AtRisk risk
                ? "an alert is open at " + English.orAbove(risk.level())
                : followed((Condition.Followed) condition);
    }

    private static String denied(Condition condition) {
        if (condition instanceof Condition.Not not) {
            return said(not.part());
        }
        if (condition instanceof Performed count && count.atMost() == null) {
            return performed(new Performed(count.fact(), count.where(), 0, count.atLeast() - 1, count.withinMillis()));
        }
        if (condition instanceof Performed count && count.atMost() != null && count.atLeast() == 0) {
            return performed(
                    new Performed(count.fact(), count.where(), count.atMost() + 1, null, count.withinMillis()));
        }
        if (condition instanceof Condition.Profile profile) {
            return "the profile does not satisfy " + English.quoted(profile.predicate());
        }
        if (condition instanceof Condition.InSegment in) {
            return "the user is not in the segment " + in.segment();
        }
        return condition instanceof Condition.AtRisk risk
                ? "no alert is open at " + English.orAbove(risk.level())
                : "it is not so that " + inBrackets(condition);
    }

    private static String list(List<Condition> parts, String joint) {
        return parts.size() == 1
                ? said(parts.get(0))
                : parts.stream().map(SegmentWords::inBrackets).collect(Collectors.joining(joint));
    }

    /** Where it would not be clear how far a condition goes, brackets say so. */
    private static String inBrackets(Condition condition) {
        boolean several = condition instanceof Condition.All all && all.parts().size() > 1
                || condition instanceof Condition.Any any && any.parts().size() > 1
                || condition instanceof Condition.Followed;
        return several ? "(" + said(condition) + ")" : said(condition);
    }

    private static String followed(Condition.Followed followed) {
        return "these came, the first of them less than "
                + English.duration(followed.sequence().withinMillis()) + " ago: "
                + StepsWords.of(followed.sequence());
    }

    private static String performed(Performed count) {
        String where = count.where() == null ? "" : " with " + English.quoted(count.where());
        Long within = count.withinMillis();
        return "there " + counted(count) + where + (within == null ? " so far" : " in " + English.last(within));
    }

    private static String counted(Performed count) {
        Integer most = count.atMost();
        if (most == null) {
            return number("at least ", count.atLeast(), count.fact());
        }
        if (most == 0) {
            return "has been no " + FactWords.one(count.fact());
        }
        if (most == count.atLeast()) {
            return number("exactly ", most, count.fact());
        }
        return count.atLeast() == 0
                ? number("at most ", most, count.fact())
                : "have been between " + count.atLeast() + " and " + FactWords.many(most, count.fact());
    }

    private static String number(String bound, int number, String fact) {
        return (number == 1 ? "has" : "have") + " been " + bound + FactWords.many(number, fact);
    }
}
