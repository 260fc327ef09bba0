package dev.tideline.patterns.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds expressions that can never be true because of what a fact lacks: {@code session.events > 3} about a page view.
 *
 * <p>Follows CEL's rules for errors: what asks for something that is not there ends in an error, {@code &&} and {@code ||}
 * absorb it where the other side decides, {@code has} is false. Only what is certain is found: everything else about the fact
 * may be true, false or an error.
 */
final class NeverHolds {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int ERROR = 4;
    private static final int ANY = TRUE | FALSE | ERROR;

    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .build();

    private static final Pattern NO_WORD = Pattern.compile("\\W+");

    private final CelAbstractSyntaxTree tree;
    private final Map<String, String> lacking;
    private @Nullable Flaw first;

    private NeverHolds(CelAbstractSyntaxTree tree, Map<String, String> lacking) {
        this.tree = tree;
        this.lacking = lacking;
    }

    /**
     * The first thing asked for that is not there, if the expression cannot be true without it.
     *
     * @param source an expression that was found good
     * @param lacking paths such as {@code session} or {@code first.session}, each with the words for what lacks it
     */
    static Optional<Flaw> because(String source, Map<String, String> lacking) {
        Set<String> words = new HashSet<>(List.of(NO_WORD.split(source)));
        boolean mentioned = lacking.keySet().stream().anyMatch(path -> words.contains(path.replaceFirst(".*\\.", "")));
        if (!mentioned) {
            return Optional.empty();
        }
        try {
            NeverHolds search = new NeverHolds(PARSER.parse(source).getAst(), lacking);
            boolean canHold = (search.outcomes(search.tree.getExpr()) & TRUE) != 0;
            return canHold ? Optional.empty() : Optional.ofNullable(search.first);
        } catch (CelValidationException cannotBe) {
            throw new IllegalStateException("a checked expression does not parse: " + source, cannotBe);
        }
    }

    private int outcomes(CelExpr expression) {
        return switch (expression.getKind()) {
            case SELECT ->
                !findsNothingIn(expression.select().operand())
                        ? ANY
                        : expression.select().testOnly() ? FALSE : ERROR;
            case CALL -> call(expression.call());
            default -> ANY;
        };
    }

    private int call(CelExpr.CelCall call) {
        List<CelExpr> arguments = call.args();
        return switch (call.function()) {
            case "_&&_" -> both(outcomes(arguments.get(0)), outcomes(arguments.get(1)), FALSE, TRUE);
            case "_||_" -> both(outcomes(arguments.get(0)), outcomes(arguments.get(1)), TRUE, FALSE);
            case "!_" -> not(outcomes(arguments.get(0)));
            case "_?_:_" -> choice(arguments);
            case "_[_]" -> findsNothingIn(arguments.get(0)) || fails(arguments.get(1)) ? ERROR : ANY;
            default -> {
                boolean fails = call.target().map(this::fails).orElse(false);
                for (CelExpr argument : arguments) {
                    fails |= fails(argument);
                }
                yield fails ? ERROR : ANY;
            }
        };
    }

    /** The outcomes of two sides of which the deciding value settles it alone, whatever the other is. */
    private static int both(int left, int right, int deciding, int other) {
        int outcomes = (left | right) & deciding;
        if ((left & other) != 0 && (right & other) != 0) {
            outcomes |= other;
        }
        boolean undecided = (left & ~deciding) != 0 && (right & ~deciding) != 0;
        return undecided && ((left | right) & ERROR) != 0 ? outcomes | ERROR : outcomes;
    }

    private static int not(int outcomes) {
        return (outcomes & ERROR) | ((outcomes & TRUE) != 0 ? FALSE : 0) | ((outcomes & FALSE) != 0 ? TRUE : 0);
    }

    private int choice(List<CelExpr> arguments) {
        int condition = outcomes(arguments.get(0));
        int then = outcomes(arguments.get(1));
        int otherwise = outcomes(arguments.get(2));
        return (condition & ERROR) | ((condition & TRUE) != 0 ? then : 0) | ((condition & FALSE) != 0 ? otherwise : 0);
    }

    /** Whether a field or a key of it cannot be there. */
    private boolean findsNothingIn(CelExpr operand) {
        return lacks(path(operand), operand) || fails(operand);
    }

    /** Whether an operand ends in an error for certain. */
    private boolean fails(CelExpr operand) {
        return switch (operand.getKind()) {
            case SELECT -> outcomes(operand) == ERROR;
            case CALL -> call(operand.call()) == ERROR;
            default -> false;
        };
    }

    private boolean lacks(String path, CelExpr at) {
        String words = lacking.get(path);
        if (words != null && first == null) {
            CelSourceLocation place = tree.getSource()
                    .getOffsetLocation(tree.getSource().getPositionsMap().getOrDefault(at.id(), 0))
                    .orElse(CelSourceLocation.of(1, 0));
            first = new Flaw(
                    place.getLine(),
                    place.getColumn(),
                    "`" + path + "` of " + words + ": this can never hold",
                    "what such a fact has, or another kind of fact",
                    null);
        }
        return words != null;
    }

    /** {@code session}, {@code first.session}; empty for anything else. */
    private static String path(CelExpr expression) {
        return switch (expression.getKind()) {
            case IDENT -> expression.ident().name();
            case SELECT -> {
                String owner = path(expression.select().operand());
                yield owner.isEmpty() ? "" : owner + "." + expression.select().field();
            }
            default -> "";
        };
    }
}
