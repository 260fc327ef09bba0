package dev.tideline.patterns.rule;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The functions that rule authors need, with an example of each. */
final class Functions {
    private static final Map<String, String> EXAMPLES = new TreeMap<>(Map.ofEntries(
            Map.entry("has", "has(session.mood_mean)"),
            Map.entry("size", "size(survey.items)"),
            Map.entry("contains", "context.path.contains(\"/pricing\")"),
            Map.entry("startsWith", "context.path.startsWith(\"/pricing\")"),
            Map.entry("endsWith", "context.path.endsWith(\".pdf\")"),
            Map.entry("matches", "context.path.matches(\"^/p/[0-9]+$\")"),
            Map.entry("duration", "duration(\"90s\")"),
            Map.entry("timestamp", "timestamp(\"2026-01-31T00:00:00Z\")"),
            Map.entry("int", "int(context.pages)"),
            Map.entry("double", "double(session.events)"),
            Map.entry("string", "string(session.events)"),
            Map.entry("all", "survey.items.all(x, x > 0.0)"),
            Map.entry("exists", "survey.items.exists(x, x > 2.0)"),
            Map.entry("getHours", "session.start.getHours()"),
            Map.entry("getDayOfWeek", "session.start.getDayOfWeek()")));

    private Functions() {}

    static Flaw unknown(int line, int column, String name) {
        String near = NearMiss.of(name, EXAMPLES.keySet());
        boolean clock = name.toLowerCase(Locale.ROOT).matches("now|today|current_?(date|time|timestamp)|getdate");
        boolean cased = name.toLowerCase(Locale.ROOT).matches("(to)?_?(lower|upper)(case|ascii)?");
        String hint = clock
                ? "; rules have no clock: time is what `within` and the facts' own times say"
                : cased ? "; without regard to case: `x.matches(\"(?i)^free$\")`" : "";
        return new Flaw(
                line,
                column,
                "unknown function `" + name + "`",
                "one of " + String.join(", ", EXAMPLES.keySet()) + " or another of CEL's" + hint,
                clock || cased ? null : near);
    }

    /** How a function is written; what it takes in general if there is no example. */
    static String example(String name) {
        String example = EXAMPLES.get(name);
        return example == null ? "values of types that `" + name + "` takes" : "it as in `" + example + "`";
    }
}
