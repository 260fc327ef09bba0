package dev.tideline.patterns.rule.plan;

import com.google.common.collect.ImmutableList;
import com.google.re2j.Pattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelReference;
import dev.cel.common.values.NullValue;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns a checked expression into closures that say exactly what CEL's runtime says, as it is configured for conditions:
 * numbers of different kinds compare, values of different types are unequal, an overflow is an error.
 *
 * <p>Left to the runtime: macros other than {@code has}, maps and messages that the expression makes, unsigned numbers and
 * bytes, conversions to string and bool, times read from what is not a literal, and a declared object used as a whole.
 *
 * @param <S> what is asked about
 */
public final class Planner<S> {
    private final CelAbstractSyntaxTree tree;
    private final Function<String, @Nullable Leaf<S>> variables;

    private Planner(CelAbstractSyntaxTree tree, Function<String, @Nullable Leaf<S>> variables) {
        this.tree = tree;
        this.variables = variables;
    }

    /** The condition; {@code variables} gives what a name stands for, or null for what it does not know. */
    public static <S> Truth<S> plan(CelAbstractSyntaxTree tree, Function<String, @Nullable Leaf<S>> variables)
            throws Unplanned {
        Planner<S> planner = new Planner<>(tree, variables);
        return Logic.condition(planner.node(tree.getExpr()));
    }

    private Node<S> node(CelExpr expression) throws Unplanned {
        return switch (expression.getKind()) {
            case CONSTANT -> constant(expression.constant());
            case IDENT -> value(leaf(expression), expression);
            case SELECT -> select(expression);
            case CALL -> call(expression);
            case LIST -> list(expression);
            case COMPREHENSION -> throw new Unplanned(Macros.name(expression.comprehension()));
            case MAP -> throw new Unplanned("a map made in the expression");
            case STRUCT, NOT_SET -> throw new Unplanned("a message made in the expression");
        };
    }

    private Node<S> constant(CelConstant constant) throws Unplanned {
        return switch (constant.getKind()) {
            case NULL_VALUE -> new Constant.OfThing<>(NullValue.NULL_VALUE);
            case BOOLEAN_VALUE -> new Constant.OfTruth<>(constant.booleanValue());
            case INT64_VALUE -> new Constant.OfWhole<>(constant.int64Value());
            case DOUBLE_VALUE -> new Constant.OfFraction<>(constant.doubleValue());
            case STRING_VALUE -> new Constant.OfThing<>(constant.stringValue());
            default -> throw new Unplanned("unsigned numbers or bytes");
        };
    }

    /** What a variable, or a declared field of one, stands for; null for anything else. */
    private @Nullable Leaf<S> leaf(CelExpr expression) throws Unplanned {
        if (expression.getKind() == CelExpr.ExprKind.Kind.IDENT) {
            CelReference reference = tree.getReferenceMap().get(expression.id());
            if (reference == null || reference.value().isPresent()) {
                throw new Unplanned("`" + expression.ident().name() + "`");
            }
            return variables.apply(reference.name());
        }
        if (expression.getKind() == CelExpr.ExprKind.Kind.SELECT
                && leaf(expression.select().operand()) instanceof Leaf.Struct<S> struct) {
            return struct.field(expression.select().field());
        }
        return null;
    }

    private Node<S> value(@Nullable Leaf<S> leaf, CelExpr expression) throws Unplanned {
        if (leaf instanceof Leaf.Value<S> value) {
            return value.node();
        }
        String name = expression.getKind() == CelExpr.ExprKind.Kind.SELECT
                ? expression.select().field()
                : expression.ident().name();
        throw new Unplanned("`" + name + "` as a whole");
    }

    private Node<S> select(CelExpr expression) throws Unplanned {
        CelSelect select = expression.select();
        if (leaf(select.operand()) instanceof Leaf.Struct<S> struct) {
            return select.testOnly() ? struct.has(select.field()) : value(struct.field(select.field()), expression);
        }
        Node<S> object = node(select.operand());
        return select.testOnly() ? Access.has(object, select.field()) : Access.member(object, select.field());
    }

    private Node<S> list(CelExpr expression) throws Unplanned {
        if (!expression.list().optionalIndices().isEmpty()) {
            throw new Unplanned("optional elements");
        }
        List<Node<S>> elements = new ArrayList<>();
        for (CelExpr element : expression.list().elements()) {
            elements.add(definite(element));
        }
        return Access.list(elements);
    }

    /** A value that is handed on. CEL's runtime hands on the error of an {@code &&} as if it were a value: that is left to it. */
    private Node<S> definite(CelExpr expression) throws Unplanned {
        if (handsOnErrors(expression)) {
            throw new Unplanned("`&&` or `||` as a value");
        }
        return node(expression);
    }

    private static boolean handsOnErrors(CelExpr expression) {
        if (expression.getKind() != CelExpr.ExprKind.Kind.CALL) {
            return false;
        }
        ImmutableList<CelExpr> arguments = expression.call().args();
        return switch (expression.call().function()) {
            case "_&&_", "_||_" -> true;
            case "_?_:_" -> handsOnErrors(arguments.get(1)) || handsOnErrors(arguments.get(2));
            case "dyn" -> handsOnErrors(arguments.get(0));
            default -> false;
        };
    }

    private Truth<S> condition(CelExpr expression) throws Unplanned {
        return Logic.condition(node(expression));
    }

    private Node<S> call(CelExpr expression) throws Unplanned {
        CelCall call = expression.call();
        List<CelExpr> arguments = new ArrayList<>();
        call.target().ifPresent(arguments::add);
        arguments.addAll(call.args());
        Node<S> logical = logical(call.function(), arguments);
        if (logical != null) {
            return logical;
        }
        List<Node<S>> operands = operands(expression, arguments);
        return switch (operands.size()) {
            case 1 -> unary(call.function(), operands.get(0));
            case 2 -> binary(call.function(), operands.get(0), operands.get(1));
            default -> throw new Unplanned("`" + call.function() + "`");
        };
    }

    /** What decides without having to know every operand, or null. */
    private @Nullable Node<S> logical(String function, List<CelExpr> arguments) throws Unplanned {
        return switch (function) {
            case "_&&_" -> Logic.and(condition(arguments.get(0)), condition(arguments.get(1)));
            case "_||_" -> Logic.or(condition(arguments.get(0)), condition(arguments.get(1)));
            case "!_" -> Logic.not(condition(arguments.get(0)));
            case "_?_:_" -> Logic.choice(condition(arguments.get(0)), node(arguments.get(1)), node(arguments.get(2)));
            default -> null;
        };
    }

    private List<Node<S>> operands(CelExpr expression, List<CelExpr> arguments) throws Unplanned {
        List<Class<?>> types = types(expression);
        List<Node<S>> operands = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            Node<S> operand = definite(arguments.get(i));
            operands.add(types.isEmpty() ? operand : Overloads.as(types.get(i), operand));
        }
        return operands;
    }

    /** The types that the one overload takes on which the checker settled; empty if it left that to the run time. */
    private List<Class<?>> types(CelExpr expression) {
        CelReference reference = tree.getReferenceMap().get(expression.id());
        List<String> ids = reference == null ? List.of() : reference.overloadIds();
        return ids.size() == 1 ? Overloads.types(ids.get(0)) : List.of();
    }

    private Node<S> unary(String function, Node<S> operand) throws Unplanned {
        if (Times.isPart(function)) {
            return Times.part(function, operand);
        }
        return switch (function) {
            case "-_" -> Arithmetic.negative(operand);
            case "size" -> Access.size(operand);
            case "int" -> Conversions.whole(operand);
            case "double" -> Conversions.fraction(operand);
            case "dyn" -> dynamic(operand);
            case "duration", "timestamp" -> time(function, operand);
            default -> throw new Unplanned("`" + function + "`");
        };
    }

    /** Its type is forgotten, but for objects that can be looked into. */
    private Node<S> dynamic(Node<S> node) {
        return node instanceof Thing<S> thing ? thing : (Thing<S>) node::boxed;
    }

    private Node<S> time(String function, Node<S> argument) throws Unplanned {
        String literal = Constant.text(argument);
        if (literal == null) {
            throw new Unplanned("`" + function + "` of what is no literal");
        }
        Object value = function.equals("duration") ? Times.duration(literal) : Times.timestamp(literal);
        return value == null ? Constant.error() : new Constant.OfThing<>(value);
    }

    private Node<S> binary(String function, Node<S> left, Node<S> right) throws Unplanned {
        if (Times.isPart(function)) {
            return Times.part(function, left, zone(right));
        }
        return switch (function) {
            case "_==_" -> Equality.between(left, right, Truth.TRUE);
            case "_!=_" -> Equality.between(left, right, Truth.FALSE);
            case "@in" -> Equality.in(left, right);
            case "_<_" -> Order.LESS.between(left, right);
            case "_<=_" -> Order.LESS_OR_EQUAL.between(left, right);
            case "_>_" -> Order.GREATER.between(left, right);
            case "_>=_" -> Order.GREATER_OR_EQUAL.between(left, right);
            case "_+_" -> Arithmetic.ADD.of(left, right);
            case "_-_" -> Arithmetic.SUBTRACT.of(left, right);
            case "_*_" -> Arithmetic.MULTIPLY.of(left, right);
            case "_/_" -> Arithmetic.DIVIDE.of(left, right);
            case "_%_" -> Arithmetic.REMAINDER.of(left, right);
            case "_[_]" -> Access.at(left, right);
            case "startsWith" -> Texts.ask(String::startsWith, left, right);
            case "endsWith" -> Texts.ask(String::endsWith, left, right);
            case "contains" -> Texts.ask(String::contains, left, right);
            case "matches" -> matches(left, right);
            default -> throw new Unplanned("`" + function + "`");
        };
    }

    private Node<S> matches(Node<S> text, Node<S> expression) throws Unplanned {
        String literal = Constant.text(expression);
        if (literal == null) {
            throw new Unplanned("`matches` with what is no literal");
        }
        return Texts.matches(text, Pattern.compile(literal));
    }

    private ZoneId zone(Node<S> name) throws Unplanned {
        String literal = Constant.text(name);
        if (literal != null) {
            try {
                return ZoneId.of(literal);
            } catch (DateTimeException asOnlyCelReadsIt) {
                throw new Unplanned("a time zone without a name");
            }
        }
        throw new Unplanned("a time zone that is no literal");
    }
}
