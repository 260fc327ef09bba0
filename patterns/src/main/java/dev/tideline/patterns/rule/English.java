package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Level;
import java.util.Locale;

/** Says in plain English what a rule means. */
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
        String kind = header.kind().word();
        return kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + " " + header.id() + ", version "
                + header.version() + state + " (" + header.name() + "). " + meaning(rule);
    }

    private static String meaning(Rule rule) {
        if (rule instanceof SegmentRule segment) {
            return SegmentWords.of(segment);
        }
        return rule instanceof PatternRule pattern ? PatternWords.of(pattern) : PolicyWords.of((PolicyRule) rule);
    }

    /** So many facts of a kind: {@code 1 session}, {@code 3 `page_view` events}. */
    public static String facts(int number, String kind) {
        return FactWords.many(number, kind);
    }

    /** What facts of a kind are called: {@code sessions}, {@code `page_view` events}. */
    public static String facts(String kind) {
        return FactWords.one(kind) + "s";
    }

    /** A duration in its largest whole unit: {@code 7 days}. */
    public static String duration(long millis) {
        long number = number(millis);
        return number + " " + unit(millis) + (number == 1 ? "" : "s");
    }

    /** {@code the last 7 days}, {@code the last hour}. */
    public static String last(long millis) {
        return "the last " + (number(millis) == 1 ? unit(millis) : duration(millis));
    }

    /** {@code these 7 days}, {@code this hour}. */
    static String these(long millis) {
        return number(millis) == 1 ? "this " + unit(millis) : "these " + duration(millis);
    }

    private static long number(long millis) {
        return millis
                / switch (unit(millis)) {
                    case "day" -> DAY;
                    case "hour" -> HOUR;
                    case "minute" -> MINUTE;
                    default -> SECOND;
                };
    }

    private static String unit(long millis) {
        if (millis % DAY == 0) {
            return "day";
        }
        if (millis % HOUR == 0) {
            return "hour";
        }
        return millis % MINUTE == 0 ? "minute" : "second";
    }

    static String orAbove(Level level) {
        return level == Level.CRISIS ? "CRISIS" : level + " or above";
    }

    /** An expression on one line. */
    static String quoted(Predicate predicate) {
        return "`" + predicate.source().strip().replaceAll("\\s+", " ") + "`";
    }
}
