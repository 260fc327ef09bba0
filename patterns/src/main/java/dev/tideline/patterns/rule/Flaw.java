package dev.tideline.patterns.rule;

import dev.cel.common.CelIssue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
    private static final Pattern NO_SELECTION = Pattern.compile("type '([^']*)' does not support field selection.*");
    private static final Pattern OWNER = Pattern.compile("([a-z][a-z0-9_]*)\\s*\\??$");
    private static final List<String> WITH_FIELDS =
            List.of("text", "session", "mood", "survey", "quiet", "week", "user");
    private static final Pattern COMPARED = Pattern.compile("(?s).*(==|!=|\\bin\\b|[\\[,])\\s*$");

    /** The checker's complaints as flaws. Of an expression that is no CEL at all only the first: the others follow from it. */
    static List<Flaw> of(String source, Visible visible, Collection<CelIssue> issues) {
        List<Flaw> flaws = new ArrayList<>();
        for (CelIssue issue : issues) {
            int line = Math.max(1, issue.getSourceLocation().getLine());
            int column = Math.max(0, issue.getSourceLocation().getColumn());
            Optional<Flaw> meaning = meaning(source, visible, line, column, issue.getMessage());
            if (meaning.isEmpty()) {
                return List.of(SyntaxFlaw.of(source, line, column, issue.getMessage()));
            }
            flaws.add(meaning.get());
        }
        return flaws;
    }

    /** A flaw in the meaning of an expression; empty if it is one of its form. */
    private static Optional<Flaw> meaning(String source, Visible visible, int line, int column, String message) {
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            return Optional.of(unknownName(source, line, column, undeclared.group(1), visible));
        }
        Matcher noField = NO_FIELD.matcher(message);
        if (noField.matches()) {
            return Optional.of(unknownField(line, column, noField.group(1), before(source, line, column), visible));
        }
        Matcher noOverload = NO_OVERLOAD.matcher(message);
        if (noOverload.matches()) {
            return Optional.of(Mismatch.of(line, column, noOverload.group(1), noOverload.group(2)));
        }
        Matcher noSelection = NO_SELECTION.matcher(message);
        return noSelection.matches()
                ? Optional.of(new Flaw(
                        line,
                        column,
                        "a field of a " + plain(noSelection.group(1)),
                        "an object; `size(x)` gives the length of texts and lists",
                        null))
                : Optional.empty();
    }

    /** What is said of a name that nobody knows. */
    static String unknown(String name) {
        return "unknown name `" + name + "`";
    }

    private static Flaw unknownName(String source, int line, int column, String name, Visible visible) {
        String after = after(source, line, column);
        boolean called = after.startsWith(name + "(") || after.startsWith("." + name) || after.startsWith("(");
        if (called) {
            return Functions.unknown(line, column, name);
        }
        Set<String> known = visible.names();
        String near = NearMiss.of(name, known);
        boolean compared =
                near == null && COMPARED.matcher(before(source, line, column)).matches();
        return new Flaw(
                line,
                column,
                unknown(name),
                "one of " + String.join(", ", known) + (compared ? "; text stands in quotes" : ""),
                compared ? '"' + name + '"' : near == null ? withOwner(name, visible) : near);
    }

    private static Flaw unknownField(int line, int column, String field, String before, Visible visible) {
        Matcher owner = OWNER.matcher(before);
        String name = owner.find() ? owner.group(1) : "";
        Set<String> fields = fieldsOf(name);
        String near = NearMiss.of(field, fields);
        boolean earlier = visible.steps().contains(name) || name.equals(Visible.PREVIOUS);
        String owned = near != null ? near : earlier ? withOwner(field, Visible.FACT) : null;
        String hint = name.equals("user") ? "; other properties as `properties.x`; pii never reaches rules" : "";
        return new Flaw(
                line,
                column + 1,
                "unknown field `" + field + "`" + (name.isEmpty() ? "" : " of `" + name + "`"),
                "one of " + String.join(", ", fields) + hint,
                owned);
    }

    /** {@code session.mood_mean} for {@code mood_mean}, if one variable alone has such a field. */
    private static @Nullable String withOwner(String field, Visible visible) {
        List<String> owners = (visible.fact() ? WITH_FIELDS : List.of("user"))
                .stream().filter(variable -> fieldsOf(variable).contains(field)).toList();
        return owners.size() == 1 ? owners.get(0) + "." + field : null;
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

    /** A CEL type's name as rule authors know it. */
    static String plain(String type) {
        return type.replace("google.protobuf.", "").replace("tideline.", "").toLowerCase(Locale.ROOT);
    }

    /** The expression's text on the line up to the column. */
    static String before(String source, int line, int column) {
        return lineOf(source, line).substring(0, index(source, line, column));
    }

    /** The expression's text on the line from the column on. */
    static String after(String source, int line, int column) {
        return lineOf(source, line).substring(index(source, line, column));
    }

    private static int index(String source, int line, int column) {
        String text = lineOf(source, line);
        return text.offsetByCodePoints(0, Math.min(column, text.codePointCount(0, text.length())));
    }

    private static String lineOf(String source, int line) {
        String[] lines = source.split("\\R", -1);
        return line <= lines.length ? lines[line - 1] : "";
    }
}
