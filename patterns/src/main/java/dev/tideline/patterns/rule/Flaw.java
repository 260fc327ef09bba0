package dev.tideline.patterns.rule;

import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong in an expression, in words of the rule language rather than of CEL's checker.
 *
 * @param line in the expression, from 1
 * @param column in that line, from 0
 */
record Flaw(
        int line,
        int column,
        String found,
        String expected,
        @Nullable String suggestion) {
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");
    private static final Pattern NO_FIELD = Pattern.compile("undefined field '([^']*)'.*");
    private static final Pattern NO_OVERLOAD =
            Pattern.compile("found no matching overload for '([^']*)' applied to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern NOT_THERE =
            Pattern.compile("(?:mismatched|extraneous) input '(.*?)' expecting .*", Pattern.DOTALL);
    private static final Pattern NO_TOKEN = Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
    private static final Pattern NO_SELECTION = Pattern.compile("type '([^']*)' does not support field selection.*");
    private static final Pattern OWNER = Pattern.compile("([a-z][a-z0-9_]*)\\s*\\??$");
    private static final Set<String> FUNCTIONS = Set.of(
            "has",
            "size",
            "contains",
            "startsWith",
            "endsWith",
            "matches",
            "duration",
            "timestamp",
            "int",
            "double",
            "string",
            "bool",
            "dyn",
            "type",
            "all",
            "exists",
            "exists_one",
            "map",
            "filter",
            "getFullYear",
            "getMonth",
            "getDate",
            "getDayOfMonth",
            "getDayOfWeek",
            "getDayOfYear",
            "getHours",
            "getMinutes",
            "getSeconds",
            "getMilliseconds");

    /** The checker's complaints as flaws. */
    static List<Flaw> of(String source, Visible visible, Collection<CelIssue> issues) {
        List<Flaw> flaws = new ArrayList<>();
        for (CelIssue issue : issues) {
            flaws.add(of(source, visible, issue));
        }
        return flaws;
    }

    private static Flaw of(String source, Visible visible, CelIssue issue) {
        CelSourceLocation at = issue.getSourceLocation();
        int line = Math.max(1, at.getLine());
        int column = Math.max(0, at.getColumn());
        Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
        if (undeclared.matches()) {
            return unknownName(line, column, undeclared.group(1), visible);
        }
        Matcher noField = NO_FIELD.matcher(issue.getMessage());
        if (noField.matches()) {
            return unknownField(line, column, noField.group(1), before(source, line, column));
        }
        Matcher noOverload = NO_OVERLOAD.matcher(issue.getMessage());
        if (noOverload.matches()) {
            return mismatch(line, column, noOverload.group(1), noOverload.group(2));
        }
        Matcher notThere = NOT_THERE.matcher(issue.getMessage());
        if (notThere.matches()) {
            boolean end = notThere.group(1).equals("<EOF>");
            String found = end ? "the expression's end" : "`" + notThere.group(1) + "`";
            return new Flaw(line, column, found, end ? "a value" : "a CEL expression", null);
        }
        Matcher noToken = NO_TOKEN.matcher(issue.getMessage());
        if (noToken.matches()) {
            String token = oneLine(noToken.group(1));
            return new Flaw(line, column, "`" + token + "`", "a CEL expression", token.equals("=") ? "==" : null);
        }
        if (issue.getMessage().startsWith("Expression recursion limit")) {
            return new Flaw(
                    line,
                    column,
                    "an expression nested too deeply",
                    "at most " + Expressions.MAX_DEPTH + " levels",
                    null);
        }
        Matcher noSelection = NO_SELECTION.matcher(issue.getMessage());
        if (noSelection.matches()) {
            return new Flaw(line, column, "a field of a " + plain(noSelection.group(1)), "an object", null);
        }
        return new Flaw(line, column, "a flaw: " + oneLine(issue.getMessage()), "a CEL expression", null);
    }

    private static Flaw unknownName(int line, int column, String name, Visible visible) {
        Set<String> known = visible.names();
        Set<String> candidates = new TreeSet<>(known);
        candidates.addAll(FUNCTIONS);
        return new Flaw(
                line,
                column,
                "unknown name `" + name + "`",
                "one of " + String.join(", ", known) + ", or a CEL function",
                NearMiss.of(name, candidates));
    }

    private static Flaw unknownField(int line, int column, String field, String before) {
        Matcher owner = OWNER.matcher(before);
        String name = owner.find() ? owner.group(1) : "";
        Set<String> fields = fieldsOf(name);
        return new Flaw(
                line,
                column + 1,
                "unknown field `" + field + "`" + (name.isEmpty() ? "" : " of `" + name + "`"),
                "one of " + String.join(", ", fields),
                NearMiss.of(field, fields));
    }

    private static Set<String> fieldsOf(String variable) {
        return switch (variable) {
            case "text" -> FactShapes.TEXT.fieldNames();
            case "session" -> FactShapes.SESSION.fieldNames();
            case "mood" -> FactShapes.MOOD.fieldNames();
            case "survey" -> FactShapes.SURVEY.fieldNames();
            case "quiet" -> FactShapes.QUIET.fieldNames();
            case "week" -> FactShapes.WEEK.fieldNames();
            case "user" -> FactShapes.USER.fieldNames();
            default -> FactShapes.EARLIER.fieldNames();
        };
    }

    private static Flaw mismatch(int line, int column, String function, String types) {
        String arguments = plain(types.replaceAll("^\\(|\\)$", ""));
        String operator = operator(function);
        boolean sides = !operator.equals(function) && arguments.contains(", ");
        String found = sides
                ? "`" + operator + "` between " + arguments.replaceFirst(", ", " and ")
                : "`" + operator + "` of " + arguments;
        boolean numbers = arguments.equals("int, double") || arguments.equals("double, int");
        String expected = numbers
                ? "two whole numbers or two fractions (2.0, or double(x))"
                : "values of types that `" + operator + "` takes";
        return new Flaw(line, column, found, expected, null);
    }

    private static String operator(String function) {
        if (function.equals("@in")) {
            return "in";
        }
        return function.startsWith("_") || function.endsWith("_")
                ? function.replace("_?_:_", "? :").replace("_", "")
                : function;
    }

    /** A CEL type's name as rule authors know it. */
    static String plain(String type) {
        return type.replace("google.protobuf.", "").replace("tideline.", "").toLowerCase(Locale.ROOT);
    }

    /** The expression's text on the line up to the column. */
    private static String before(String source, int line, int column) {
        String[] lines = source.split("\\R", -1);
        String text = line <= lines.length ? lines[line - 1] : "";
        int end = text.offsetByCodePoints(0, Math.min(column, text.codePointCount(0, text.length())));
        return text.substring(0, end);
    }

    private static String oneLine(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= 160 ? line : line.substring(0, 160) + "…";
    }
}
