package dev.tideline.patterns.rule;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says where an expression is no CEL, and what it says instead in the words of the language that it was perhaps written in. */
final class SyntaxFlaw {
    private static final String CONDITION = "a CEL expression";
    private static final Pattern NOT_THERE =
            Pattern.compile("(?:mismatched|extraneous) input '(.*?)' expecting .*", Pattern.DOTALL);
    private static final Pattern NO_WAY = Pattern.compile("no viable alternative at input '(.*)'", Pattern.DOTALL);
    private static final Pattern LACKS = Pattern.compile("missing '(.*?)' at '(.*?)'.*", Pattern.DOTALL);
    private static final Pattern NO_TOKEN = Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);

    /** What other languages write, and how CEL says it. */
    private static final Map<String, String> OTHER_LANGUAGES = Map.ofEntries(
            Map.entry("and", "&&"),
            Map.entry("AND", "&&"),
            Map.entry("&", "&&"),
            Map.entry("or", "||"),
            Map.entry("OR", "||"),
            Map.entry("|", "||"),
            Map.entry("not", "!"),
            Map.entry("NOT", "!"),
            Map.entry("=", "=="),
            Map.entry("===", "=="),
            Map.entry("!==", "!="),
            Map.entry("<>", "!="),
            Map.entry("IN", "in"),
            Map.entry("“", "\""),
            Map.entry("”", "\""),
            Map.entry("„", "\""),
            Map.entry("‘", "'"),
            Map.entry("’", "'"));

    private static final Map<String, String> HINTS = Map.of(
            ",", CONDITION + "; fractions have a point (0.5), lists have square brackets",
            "is", CONDITION + "; `has(x)` tells whether a field is there",
            "like", CONDITION + "; texts have `startsWith`, `endsWith`, `contains` and `matches`",
            "LIKE", CONDITION + "; texts have `startsWith`, `endsWith`, `contains` and `matches`",
            "between", CONDITION + "; a range is `x >= 2 && x <= 5`",
            "if", CONDITION + "; a choice is `condition ? this : that`");

    private SyntaxFlaw() {}

    static Flaw of(String source, int line, int column, String message) {
        Matcher notThere = NOT_THERE.matcher(message);
        Matcher lacks = LACKS.matcher(message);
        Matcher noToken = NO_TOKEN.matcher(message);
        Matcher noWay = NO_WAY.matcher(message);
        if (message.startsWith("Expression recursion limit")) {
            String most = "at most " + Expressions.MAX_DEPTH + " levels";
            return new Flaw(line, column, "an expression nested too deeply", most, null);
        }
        if (notThere.matches()) {
            return token(source, line, column, notThere.group(1), "a value");
        }
        if (lacks.matches()) {
            return token(source, line, column, lacks.group(2), "`" + lacks.group(1) + "`");
        }
        if (noToken.matches()) {
            return token(source, line, column, noToken.group(1), CONDITION);
        }
        if (noWay.matches()) {
            return token(source, line, column, noWay.group(1), CONDITION);
        }
        if (message.contains("has() macro")) {
            return new Flaw(line, column, "`has` of something that is no field", "`has(session.mood_mean)`", null);
        }
        return new Flaw(line, column, "a flaw: " + oneLine(message), CONDITION, null);
    }

    private static Flaw token(String source, int line, int column, String token, String missing) {
        if (token.equals("<EOF>")) {
            return new Flaw(line, column, "the expression's end", missing, null);
        }
        if (token.startsWith("\"") || token.startsWith("'")) {
            if (token.length() == 1 || token.charAt(token.length() - 1) != token.charAt(0)) {
                return new Flaw(
                        line,
                        column,
                        "a quote that is never closed: " + oneLine(token),
                        "the same quote at its end; ` #` begins a comment in YAML, unless the whole stands in quotes",
                        null);
            }
        }
        String written = operator(source, line, column, token);
        return new Flaw(
                line,
                column,
                "`" + oneLine(written) + "`",
                HINTS.getOrDefault(written, CONDITION),
                OTHER_LANGUAGES.get(written));
    }

    /** The whole of an operator of which the parser stumbled over the end: {@code ===}, {@code <>}. */
    private static String operator(String source, int line, int column, String token) {
        String written = token.strip();
        String before = Flaw.before(source, line, column);
        for (String whole : new String[] {"===", "!==", "<>"}) {
            String beginning = whole.substring(0, whole.length() - 1);
            if (written.equals(whole.substring(whole.length() - 1)) && before.endsWith(beginning)) {
                return whole;
            }
        }
        return written;
    }

    private static String oneLine(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= 120 ? line : line.substring(0, 120) + "…";
    }
}
