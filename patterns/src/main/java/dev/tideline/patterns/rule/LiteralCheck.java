package dev.tideline.patterns.rule;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.navigation.CelNavigableAst;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds literals that every evaluation would trip over: {@code duration("2d")} (CEL knows no days),
 * {@code timestamp("yesterday")} and regular expressions that do not compile.
 */
final class LiteralCheck {
    private static final Pattern DURATION = Pattern.compile(
            "[-+]?(0|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(h|ms|m|s|us|µs|ns))(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(h|ms|m|s|us|µs|ns))*");
    private static final Pattern DAYS = Pattern.compile("([0-9]{1,6})\\s*(d|days?|w|weeks?)");

    private LiteralCheck() {}

    static List<Flaw> of(String source, CelAbstractSyntaxTree tree) {
        List<Flaw> flaws = new ArrayList<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
                .forEach(node -> check(tree, node.expr().call(), flaws));
        return flaws;
    }

    private static void check(CelAbstractSyntaxTree tree, CelCall call, List<Flaw> flaws) {
        ImmutableList<CelExpr> arguments = call.args();
        if (arguments.isEmpty()) {
            return;
        }
        CelExpr last = arguments.get(arguments.size() - 1);
        if (last.getKind() != CelExpr.ExprKind.Kind.CONSTANT
                || last.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return;
        }
        String literal = last.constant().stringValue();
        String expected = complaint(call.function(), literal);
        if (!expected.isEmpty()) {
            CelSourceLocation at = tree.getSource()
                    .getOffsetLocation(tree.getSource().getPositionsMap().getOrDefault(last.id(), 0))
                    .orElse(CelSourceLocation.of(1, 0));
            flaws.add(
                    new Flaw(at.getLine(), at.getColumn(), "\"" + literal + "\"", expected, suggestion(call, literal)));
        }
    }

    private static String complaint(String function, String literal) {
        return switch (function) {
            case "duration" ->
                DURATION.matcher(literal).matches()
                        ? ""
                        : "a duration in the units h, m, s, ms, us or ns, such as 90s or 1h30m";
            case "timestamp" -> isTimestamp(literal) ? "" : "a timestamp such as 2026-01-31T00:00:00Z";
            case "matches" -> isRegularExpression(literal) ? "" : "a regular expression (RE2)";
            default -> "";
        };
    }

    private static @org.jspecify.annotations.Nullable String suggestion(CelCall call, String literal) {
        java.util.regex.Matcher days = DAYS.matcher(literal);
        if (!call.function().equals("duration") || !days.matches()) {
            return null;
        }
        int factor = days.group(2).startsWith("w") ? 7 * 24 : 24;
        return Long.parseLong(days.group(1)) * factor + "h";
    }

    private static boolean isTimestamp(String literal) {
        try {
            OffsetDateTime.parse(literal);
            return true;
        } catch (DateTimeParseException notOne) {
            return false;
        }
    }

    private static boolean isRegularExpression(String literal) {
        try {
            com.google.re2j.Pattern.compile(literal);
            return true;
        } catch (com.google.re2j.PatternSyntaxException notOne) {
            return false;
        }
    }
}
