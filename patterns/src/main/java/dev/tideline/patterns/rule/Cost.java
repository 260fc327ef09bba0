package dev.tideline.patterns.rule;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Estimates what one evaluation costs at worst, so that no rule can hold up the others.
 *
 * <p>The unit is the step: reading a value, or one operator on numbers. A regular expression written in the expression is
 * {@value #REGULAR_EXPRESSION} steps, any other {@value #UNKNOWN_REGULAR_EXPRESSION} (it is compiled anew each time); joining
 * or converting strings and joining lists {@value #NEW_VALUE}; searching or comparing lists and objects one step for each
 * element. A list or object that does not stand in the expression counts as {@value #ELEMENTS} elements. A macro
 * ({@code all}, {@code exists}, {@code map} …) costs its body once for each element, so that nested macros multiply.
 */
final class Cost {
    /** What an expression may cost: two macros inside each other, over lists of unknown length, are possible, three are not. */
    static final int MOST_STEPS = 20_000;

    /** How many elements a list or object is taken to have. */
    static final int ELEMENTS = 32;

    private static final int REGULAR_EXPRESSION = 50;
    private static final int UNKNOWN_REGULAR_EXPRESSION = 1_000;
    private static final int NEW_VALUE = 10;

    /** More than any bound; products stay below it, so that they never overflow. */
    private static final long BOUNDLESS = 1_000_000_000_000L;

    private final CelAbstractSyntaxTree tree;
    private final Map<Long, Long> steps = new HashMap<>();

    private Cost(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    /** The steps of one evaluation, estimated. */
    static long of(CelAbstractSyntaxTree tree) {
        return new Cost(tree).steps(tree.getExpr());
    }

    /** The flaw of an expression that may cost too much, at the part that costs most; none for any other expression. */
    static List<Flaw> flaws(CelAbstractSyntaxTree tree) {
        Cost cost = new Cost(tree);
        long total = cost.steps(tree.getExpr());
        if (total <= MOST_STEPS) {
            return List.of();
        }
        CelExpr dearest = cost.dearest(tree.getExpr());
        CelSourceLocation at = tree.getSource()
                .getOffsetLocation(tree.getSource().getPositionsMap().getOrDefault(dearest.id(), 0))
                .orElse(CelSourceLocation.of(1, 0));
        String many = total >= BOUNDLESS ? "far too many" : "about " + total;
        return List.of(new Flaw(
                at.getLine(),
                at.getColumn(),
                "an expression of " + many + " steps, most of them from here",
                "at most " + MOST_STEPS + " (macros inside each other multiply; a list or object counts as " + ELEMENTS
                        + " elements)",
                null));
    }

    private long steps(CelExpr expression) {
        Long known = steps.get(expression.id());
        if (known == null) {
            known = Math.min(BOUNDLESS, estimate(expression));
            steps.put(expression.id(), known);
        }
        return known;
    }

    private long estimate(CelExpr expression) {
        return switch (expression.getKind()) {
            case CALL -> call(expression.call());
            case COMPREHENSION -> comprehension(expression.comprehension());
            default -> 1 + ofParts(expression);
        };
    }

    private long ofParts(CelExpr expression) {
        return parts(expression).stream().mapToLong(this::steps).sum();
    }

    private long comprehension(CelComprehension macro) {
        long body = steps(macro.loopCondition()) + steps(macro.loopStep());
        long rounds = kind(macro.iterRange()) == CelKind.DYN ? ELEMENTS : elements(macro.iterRange());
        return steps(macro.accuInit()) + steps(macro.iterRange()) + rounds * body + steps(macro.result());
    }

    private long call(CelCall call) {
        List<CelExpr> operands = operands(call);
        long sum = operands.stream().mapToLong(this::steps).sum();
        return sum
                + switch (call.function()) {
                    case "matches" ->
                        isText(operands.get(operands.size() - 1)) ? REGULAR_EXPRESSION : UNKNOWN_REGULAR_EXPRESSION;
                    case "@in", "_==_", "_!=_" ->
                        operands.stream().mapToLong(this::elements).max().orElse(1);
                    case "_+_" -> operands.stream().allMatch(this::isNumber) ? 1 : NEW_VALUE;
                    case "string", "timestamp", "duration", "bytes" -> NEW_VALUE;
                    default -> 1;
                };
    }

    /** How many elements there are to go through: one, if it is neither a list nor an object. */
    private long elements(CelExpr expression) {
        return switch (expression.getKind()) {
            case LIST -> Math.max(1, expression.list().elements().size());
            case MAP -> Math.max(1, expression.map().entries().size());
            case CONSTANT -> 1;
            default ->
                switch (kind(expression)) {
                    case LIST, MAP -> ELEMENTS;
                    default -> 1;
                };
        };
    }

    private CelKind kind(CelExpr expression) {
        return tree.getType(expression.id()).map(CelType::kind).orElse(CelKind.DYN);
    }

    private boolean isNumber(CelExpr expression) {
        return switch (kind(expression)) {
            case INT, UINT, DOUBLE, DURATION, TIMESTAMP -> true;
            default -> false;
        };
    }

    private static boolean isText(CelExpr expression) {
        return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    /** Down to the outermost macro, or else the last part, that has most of the steps to itself. */
    private CelExpr dearest(CelExpr expression) {
        if (expression.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION) {
            return expression;
        }
        return parts(expression).stream()
                .filter(part -> 2 * steps(part) > steps(expression))
                .findFirst()
                .map(this::dearest)
                .orElse(expression);
    }

    private static List<CelExpr> operands(CelCall call) {
        List<CelExpr> operands = new ArrayList<>();
        call.target().ifPresent(operands::add);
        operands.addAll(call.args());
        return operands;
    }

    private static List<CelExpr> parts(CelExpr expression) {
        return switch (expression.getKind()) {
            case SELECT -> ImmutableList.of(expression.select().operand());
            case CALL -> operands(expression.call());
            case LIST -> expression.list().elements();
            case MAP ->
                expression.map().entries().stream()
                        .flatMap(entry -> List.of(entry.key(), entry.value()).stream())
                        .toList();
            case STRUCT ->
                expression.struct().entries().stream()
                        .map(CelExpr.CelStruct.Entry::value)
                        .toList();
            case COMPREHENSION, CONSTANT, IDENT, NOT_SET -> List.of();
        };
    }
}
