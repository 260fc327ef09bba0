package dev.tideline.patterns.rule;

import java.util.List;
import java.util.Set;

/** Says what does not fit together in an expression: values of types that an operator or a function does not take. */
final class Mismatch {
    private static final Set<String> NUMBERS = Set.of("int", "double", "uint");

    private Mismatch() {}

    /**
     * @param function as CEL names it, such as {@code _<_}
     * @param types as CEL names them, such as {@code (int, string)} or {@code string.(int)}
     */
    static Flaw of(int line, int column, String function, String types) {
        String operator = operator(function);
        boolean method = types.contains(".(");
        String arguments = Flaw.plain(types.replaceFirst("\\.\\(", ", ").replaceAll("[()]+$|^\\(", ""))
                .replaceAll(", $", "");
        List<String> sides = List.of(arguments.split(", "));
        if (operator.equals(function) || sides.size() != 2 || method) {
            String of =
                    operator.equals(function) ? Functions.example(function) : "a value that `" + operator + "` takes";
            return new Flaw(line, column, "`" + operator + "` of " + arguments, of, null);
        }
        String found = "`" + operator + "` between " + sides.get(0) + " and " + sides.get(1);
        return new Flaw(line, column, found, expected(operator, sides), null);
    }

    private static String expected(String operator, List<String> sides) {
        if (sides.contains("null_type") || sides.contains("null")) {
            return "`has(…)`, which tells whether a field is there";
        }
        if (NUMBERS.containsAll(sides)) {
            return "two whole numbers or two fractions (2.0, or double(x))";
        }
        if (operator.equals("in")) {
            return "a list of the same type on the right, such as [\"a\", \"b\"]";
        }
        if (sides.contains("duration")) {
            return "two durations, such as duration(\"90s\")";
        }
        if (sides.contains("timestamp")) {
            return "two timestamps, such as timestamp(\"2026-01-31T00:00:00Z\")";
        }
        if (sides.contains("bool") && (operator.startsWith("<") || operator.startsWith(">"))) {
            return "one comparison at a time, joined by `&&`";
        }
        boolean joins = operator.equals("&&") || operator.equals("||");
        return joins ? "two conditions, such as comparisons" : "two values of one type";
    }

    private static String operator(String function) {
        if (function.equals("@in")) {
            return "in";
        }
        return function.startsWith("_") || function.endsWith("_")
                ? function.replace("_?_:_", "? :").replace("_[_]", "[ ]").replace("_", "")
                : function;
    }
}
