package dev.tideline.patterns.rule;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Makes conditions over every variable, every operator that is planned, and every type, well typed but for what is dyn. */
final class RandomExpressions {
    static final Visible VISIBLE = Visible.afterSteps(Set.of("first"));

    private static final int DEEPEST = 4;
    private static final List<String> ORIGINS = List.of("", "", "", "prev.", "first.");
    private static final List<String> KEYS =
            List.of("a", "pages", "path", "share", "nothing", "tags", "plan", "big", "missing");
    private static final List<String> WHOLES = List.of(
            "text.sentiment",
            "text.negative_of_last5",
            "session.events",
            "session.page_views",
            "session.messages",
            "session.mood_logs",
            "session.negative_texts",
            "session.crisis_texts",
            "mood.lowest_of_last4",
            "mood.logs",
            "mood.days_logged",
            "survey.item9",
            "survey.previous_item9",
            "week.events");
    private static final List<String> FRACTIONS = List.of(
            "text.rating",
            "session.mood_mean",
            "session.mood_min",
            "session.sentiment_mean",
            "session.sentiment_min",
            "mood.level",
            "mood.baseline_mean",
            "mood.baseline_sd",
            "mood.ewma",
            "mood.lower_limit",
            "mood.drop",
            "mood.last3_mean",
            "mood.slope_14d",
            "mood.slope_p",
            "mood.instability_ratio",
            "survey.score",
            "survey.change_from_best_90d",
            "week.ratio");
    private static final List<String> TEXTS = List.of(
            "event_type",
            "text.kind",
            "text.crisis",
            "text.cue",
            "text.person",
            "text.time",
            "survey.instrument",
            "survey.band",
            "survey.previous_band",
            "quiet.last_signal_level");
    private static final List<String> OF_USER = List.of("user.account_type", "user.signup_date", "user.profile_status");
    private static final List<String> TRUTHS = List.of("text.assessed", "text.negated", "survey.reliable_change");
    private static final List<String> SPANS = List.of("session.duration", "quiet.gap", "quiet.median_gap");
    private static final List<String> LISTS = List.of("text.p", "text.rules", "survey.items");
    private static final List<String> STRINGS = List.of(
            "\"\"",
            "\"a\"",
            "'/pricing'",
            "\"free\"",
            "\"page_view\"",
            "\"mood_day\"",
            "\"é😀\"",
            "\"3\"",
            "\"-7\"",
            "\"1.5e3\"",
            "\"ideation\"",
            "\"b\\n\"");
    private static final List<String> PATTERNS =
            List.of("'^/p'", "'g$'", "'a|b'", "'.*'", "'[0-9]+'", "'(?i)PRICING'", "''", "'^.$'");
    private static final List<String> GETTERS = List.of("getHours", "getMinutes", "getSeconds", "getMilliseconds");
    private static final List<String> DATES =
            List.of("getFullYear", "getMonth", "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear");
    private static final List<String> ZONES = List.of("'UTC'", "'Europe/Paris'", "'America/New_York'", "'+05:30'");
    private static final List<String> ORDERS = List.of("<", "<=", ">", ">=");
    private static final List<String> SAME = List.of("==", "!=");

    private final Random random;

    RandomExpressions(long seed) {
        random = new Random(seed);
    }

    /** The next condition. */
    String condition() {
        return truth(1 + random.nextInt(DEEPEST));
    }

    private String truth(int depth) {
        if (depth == 0) {
            return any(List.of("true", "false"), () -> field(TRUTHS), () -> has());
        }
        return switch (random.nextInt(16)) {
            case 0, 1 -> "(" + truth(depth - 1) + " && " + truth(depth - 1) + ")";
            case 2, 3 -> "(" + truth(depth - 1) + " || " + truth(depth - 1) + ")";
            case 4 -> "!" + group(chance(5) ? dyn(depth - 1) : truth(depth - 1));
            case 5 -> choice(truth(depth - 1), truth(depth - 1), depth);
            case 6, 7 -> number(depth - 1) + " " + pick(ORDERS) + " " + number(depth - 1);
            case 8 -> ordered(depth - 1);
            case 9 -> number(depth - 1) + " " + pick(SAME) + " " + number(depth - 1);
            case 10 -> equality(depth - 1);
            case 11 -> membership(depth - 1);
            case 12 -> has();
            case 13 ->
                string(depth - 1) + "." + pick(List.of("startsWith", "endsWith", "contains")) + "(" + string(depth - 1)
                        + ")";
            case 14 ->
                chance(2)
                        ? string(depth - 1) + ".matches(" + pick(PATTERNS) + ")"
                        : "matches(" + string(depth - 1) + ", " + pick(PATTERNS) + ")";
            default -> field(TRUTHS);
        };
    }

    private String ordered(int depth) {
        String order = " " + pick(ORDERS) + " ";
        return switch (random.nextInt(5)) {
            case 0 -> string(depth) + order + string(depth);
            case 1 -> instant(depth) + order + instant(depth);
            case 2 -> span(depth) + order + span(depth);
            case 3 -> group(simpleTruth()) + order + group(simpleTruth());
            default -> dyn(depth) + order + dyn(depth);
        };
    }

    private String equality(int depth) {
        String same = " " + pick(SAME) + " ";
        return switch (random.nextInt(10)) {
            case 0 -> string(depth) + same + string(depth);
            case 1 -> instant(depth) + same + instant(depth);
            case 2 -> span(depth) + same + span(depth);
            case 3 -> group(simpleTruth()) + same + group(simpleTruth());
            case 4 -> dyn(depth) + same + dyn(depth);
            case 5 -> dyn(depth) + same + "null";
            case 6 -> list(depth) + same + list(depth);
            case 7 -> map() + same + map();
            case 8 -> dyn(depth) + same + pick(STRINGS);
            default -> doubles(depth) + same + doubles(depth);
        };
    }

    private String membership(int depth) {
        return switch (random.nextInt(8)) {
            case 0 -> wholes(depth) + " in [1, 2, 0, " + wholes(0) + "]";
            case 1 -> number(depth) + " in [1.0, 0.5, 2.0]";
            case 2 -> doubles(depth) + " in [0, 1, 2]";
            case 3 -> string(depth) + " in [" + pick(STRINGS) + ", " + pick(STRINGS) + ", " + string(0) + "]";
            case 4 -> pick(STRINGS) + " in " + map();
            case 5 -> dyn(depth) + " in " + dyn(depth);
            case 6 -> dyn(depth) + " in " + list(depth);
            default -> "'" + pick(KEYS) + "' in " + map();
        };
    }

    /** Never an and or an or: as values those are left to CEL. */
    private String simpleTruth() {
        return any(List.of("true", "false"), () -> field(TRUTHS), () -> has(), () -> wholes(0) + " < " + wholes(0));
    }

    private String has() {
        String path = switch (random.nextInt(6)) {
            case 0 -> map() + "." + pick(KEYS);
            case 1 -> "context.plan." + pick(List.of("seats", "price"));
            case 2 -> map() + "." + pick(KEYS) + "." + pick(KEYS);
            case 3 -> pick(OF_USER);
            case 4 -> field(List.of(pick(WHOLES), pick(FRACTIONS), pick(TEXTS), pick(TRUTHS)));
            default -> pick(List.of("prev.", "first.")) + pick(List.of("event_type", "context", "mood"));
        };
        return path.indexOf('.') < 0 ? "has(user.account_type)" : "has(" + path + ")";
    }

    private String number(int depth) {
        return any(List.of(), () -> wholes(depth), () -> doubles(depth), () -> dyn(depth));
    }

    private String wholes(int depth) {
        if (depth == 0) {
            return any(
                    List.of("0", "1", "-1", "2", "3", "7", "9007199254740993", "9223372036854775807"),
                    () -> field(WHOLES),
                    () -> field(WHOLES));
        }
        return switch (random.nextInt(9)) {
            case 0, 1, 2 ->
                group(wholes(depth - 1) + " " + pick(List.of("+", "-", "*", "/", "%")) + " "
                        + (chance(3) ? dyn(depth - 1) : wholes(depth - 1)));
            case 3 -> "-" + group(wholes(depth - 1));
            case 4 -> size(depth - 1);
            case 5 -> "int" + group(any(List.of(), () -> number(depth - 1), () -> string(depth - 1), () -> instant(0)));
            case 6, 8, 9 -> part(depth - 1);
            case 7 -> choice(wholes(depth - 1), wholes(depth - 1), depth);
            default -> wholes(0);
        };
    }

    private String size(int depth) {
        String of = any(List.of(), () -> string(depth), () -> list(depth), () -> map(), () -> dyn(depth));
        return chance(2) ? "size(" + of + ")" : of + ".size()";
    }

    private String part(int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> span(depth) + "." + pick(GETTERS) + "()";
            case 1 -> instant(depth) + "." + pick(GETTERS) + "()";
            case 2 -> instant(depth) + "." + pick(DATES) + "()";
            default -> instant(depth) + "." + pick(chance(2) ? DATES : GETTERS) + "(" + pick(ZONES) + ")";
        };
    }

    private String doubles(int depth) {
        if (depth == 0) {
            return any(
                    List.of("0.0", "0.5", "1.0", "0.1", "1e300", "2.0", "-0.0"),
                    () -> field(FRACTIONS),
                    () -> field(FRACTIONS));
        }
        return switch (random.nextInt(7)) {
            case 0, 1 ->
                group(doubles(depth - 1) + " " + pick(List.of("+", "-", "*", "/")) + " "
                        + (chance(3) ? dyn(depth - 1) : doubles(depth - 1)));
            case 2 -> "-" + group(doubles(depth - 1));
            case 3 -> "double" + group(any(List.of(), () -> number(depth - 1), () -> string(depth - 1)));
            case 4 -> choice(doubles(depth - 1), doubles(depth - 1), depth);
            default -> doubles(0);
        };
    }

    private String string(int depth) {
        if (depth == 0) {
            return any(STRINGS, () -> field(TEXTS), () -> pick(OF_USER), () -> member());
        }
        return switch (random.nextInt(5)) {
            case 0 -> group(string(depth - 1) + " + " + string(depth - 1));
            case 1 -> choice(string(depth - 1), string(depth - 1), depth);
            default -> string(0);
        };
    }

    private String instant(int depth) {
        if (depth == 0) {
            return any(
                    List.of(
                            "timestamp(\"2026-03-02T12:00:00Z\")",
                            "timestamp(\"1999-12-31T23:59:59.123456789+02:00\")",
                            "timestamp(\"9999-12-31T23:59:59Z\")"),
                    () -> pick(ORIGINS) + pick(List.of("session.start", "session.end")));
        }
        return switch (random.nextInt(5)) {
            case 0 -> group(instant(depth - 1) + pick(List.of(" + ", " - ")) + span(depth - 1));
            case 1 -> group(span(depth - 1) + " + " + instant(depth - 1));
            case 2 -> choice(instant(depth - 1), instant(depth - 1), depth);
            default -> instant(0);
        };
    }

    private String span(int depth) {
        if (depth == 0) {
            return any(
                    List.of(
                            "duration(\"90s\")",
                            "duration(\"1h30m\")",
                            "duration(\"-1.5s\")",
                            "duration(\"0s\")",
                            "duration(\"80000000h\")",
                            "duration(\"100000000h\")"),
                    () -> field(SPANS),
                    () -> field(SPANS));
        }
        return switch (random.nextInt(5)) {
            case 0 -> group(span(depth - 1) + pick(List.of(" + ", " - ")) + span(depth - 1));
            case 1 -> group(instant(depth - 1) + " - " + instant(depth - 1));
            case 2 -> choice(span(depth - 1), span(depth - 1), depth);
            default -> span(0);
        };
    }

    private String dyn(int depth) {
        if (depth == 0) {
            return member();
        }
        return switch (random.nextInt(11)) {
            case 0 -> group(dyn(depth - 1) + " " + pick(List.of("+", "-", "*", "/", "%")) + " " + dyn(depth - 1));
            case 1 -> "-" + group(dyn(depth - 1));
            case 2 -> choice(dyn(depth - 1), dyn(depth - 1), depth);
            case 3 ->
                "dyn"
                        + group(any(
                                List.of(),
                                () -> wholes(depth - 1),
                                () -> doubles(depth - 1),
                                () -> string(depth - 1),
                                () -> instant(depth - 1),
                                () -> span(depth - 1),
                                () -> simpleTruth(),
                                () -> list(depth - 1),
                                () -> map()));
            case 4 -> dyn(depth - 1) + "[" + any(List.of("0", "1", "'seats'", "1.0", "true"), () -> dyn(0)) + "]";
            case 5 -> list(depth - 1) + "[" + wholes(0) + "]";
            case 6 -> group(choice("dyn(" + wholes(depth - 1) + ")", dyn(depth - 1), depth));
            case 7 -> map() + "[" + any(STRINGS, () -> "'" + pick(KEYS) + "'", () -> string(0)) + "]";
            default -> member();
        };
    }

    private String member() {
        return switch (random.nextInt(8)) {
            case 0 -> "context[\"" + pick(KEYS) + "\"]";
            case 1 -> "context.plan." + pick(List.of("seats", "price"));
            case 2 -> "context.tags[" + random.nextInt(3) + "]";
            case 3 -> "properties." + pick(KEYS);
            case 4 -> "user.demographic_data." + pick(KEYS);
            default -> pick(ORIGINS) + "context." + pick(KEYS);
        };
    }

    private String list(int depth) {
        if (depth == 0) {
            return any(
                    List.of("[1, 2]", "[]", "[0.5, 1.0]", "['a', '']", "[dyn(1), 'a', 2.0, null]"), () -> field(LISTS));
        }
        return switch (random.nextInt(4)) {
            case 0 -> "[" + dyn(depth - 1) + ", " + dyn(depth - 1) + "]";
            case 1 -> group("[" + dyn(0) + "] + [" + dyn(0) + "]");
            default -> list(0);
        };
    }

    private String map() {
        return any(
                List.of("properties", "user.demographic_data"),
                () -> pick(ORIGINS) + "context",
                () -> pick(ORIGINS) + "context");
    }

    private String choice(String yes, String no, int depth) {
        return "(" + truth(Math.max(0, depth - 2)) + " ? " + yes + " : " + no + ")";
    }

    private String field(List<String> fields) {
        return pick(ORIGINS) + pick(fields);
    }

    private String group(String expression) {
        return "(" + expression + ")";
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of the literals, or what one of the makers makes: each as likely as the literals together. */
    @SafeVarargs
    private String any(List<String> literals, Supplier<String>... makers) {
        int chosen = random.nextInt(makers.length + (literals.isEmpty() ? 0 : 1));
        return chosen < makers.length ? makers[chosen].get() : pick(literals);
    }
}
