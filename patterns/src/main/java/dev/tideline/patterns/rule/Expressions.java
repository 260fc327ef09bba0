package dev.tideline.patterns.rule;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.tideline.patterns.rule.plan.Planner;
import dev.tideline.patterns.rule.plan.Truth;
import dev.tideline.patterns.rule.plan.Unplanned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Parses, checks and compiles CEL expressions over the variables of facts and users. Safe for use by many threads.
 *
 * <p>Language: the CEL standard library and macros (specification: cel.dev, github.com/google/cel-spec). Whole numbers and
 * fractions may be compared with each other, also by {@code ==}, {@code !=} and {@code in}. At most {@value #MAX_LENGTH} code
 * points, {@value #MAX_DEPTH} levels, and {@value Cost#MOST_STEPS} steps, estimated as {@link Cost} says; when it runs, at most
 * {@value #MAX_ROUNDS} rounds of its macros, after which it ends in an error.
 */
final class Expressions {
    static final int MAX_LENGTH = 4096;
    static final int MAX_DEPTH = 32;
    static final int MAX_ROUNDS = 10_000;

    /** More sets of step names than any catalogue has; beyond it environments are built anew. */
    private static final int KEPT_ENVIRONMENTS = 256;

    private static final Map<Visible, Cel> ENVIRONMENTS = new ConcurrentHashMap<>();

    private static final List<StructType> STRUCTS = List.of(
            FactShapes.TEXT.type(),
            FactShapes.SESSION.type(),
            FactShapes.MOOD.type(),
            FactShapes.SURVEY.type(),
            FactShapes.QUIET.type(),
            FactShapes.WEEK.type(),
            FactShapes.USER.type(),
            FactShapes.EARLIER.type());

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .evaluateCanonicalTypesToNativeValues(true)
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseRecursionDepth(MAX_DEPTH)
            .comprehensionMaxIterations(MAX_ROUNDS)
            .build();

    private Expressions() {}

    /** What became of an expression: the predicate, or everything that is wrong with it. */
    sealed interface Outcome {
        record Compiled(Predicate predicate) implements Outcome {}

        record Refused(List<Flaw> flaws) implements Outcome {}
    }

    /** Compiles a condition over the visible variables. */
    static Outcome compile(String source, Visible visible) {
        if (source.isBlank()) {
            return new Outcome.Refused(List.of(new Flaw(1, 0, "nothing", "a CEL expression", null)));
        }
        if (source.codePointCount(0, source.length()) > MAX_LENGTH) {
            return new Outcome.Refused(List.of(new Flaw(
                    1, 0, "an expression of " + source.length() + " characters", "at most " + MAX_LENGTH, null)));
        }
        Cel cel = environment(visible);
        CelValidationResult checked = cel.compile(source);
        if (checked.hasError()) {
            return new Outcome.Refused(Flaw.of(source, visible, checked.getErrors()));
        }
        return finish(source, visible, cel, checked);
    }

    private static Outcome finish(String source, Visible visible, Cel cel, CelValidationResult checked) {
        try {
            CelAbstractSyntaxTree tree = checked.getAst();
            List<Flaw> flaws = new ArrayList<>(LiteralCheck.of(source, tree));
            flaws.addAll(Cost.flaws(tree));
            CelType type = tree.getResultType();
            if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
                flaws = List.of(new Flaw(
                        1, 0, "an expression of type " + Flaw.plain(type.name()), "a condition, of type bool", null));
            }
            return flaws.isEmpty()
                    ? new Outcome.Compiled(predicate(source, visible, cel, tree))
                    : new Outcome.Refused(flaws);
        } catch (CelValidationException | CelEvaluationException refused) {
            return new Outcome.Refused(
                    List.of(new Flaw(1, 0, "`" + source.strip() + "`", "an expression that CEL can run", null)));
        }
    }

    private static Predicate predicate(String source, Visible visible, Cel cel, CelAbstractSyntaxTree tree)
            throws CelEvaluationException {
        try {
            LookBack lookBack = new LookBack();
            Truth<Scope> condition = Planner.plan(tree, name -> FactLeaves.variable(name, visible, lookBack));
            return new PlannedPredicate(source, visible, condition, lookBack.only());
        } catch (Unplanned left) {
            return interpreted(source, visible, cel, tree, left.reason());
        }
    }

    private static CelPredicate interpreted(
            String source, Visible visible, Cel cel, CelAbstractSyntaxTree tree, String reason)
            throws CelEvaluationException {
        return new CelPredicate(source, visible, cel.createProgram(tree), reason);
    }

    /** A checked condition run by CEL's runtime, with which a plan has to agree: for comparison. */
    static CelPredicate interpreted(String source, Visible visible, CelAbstractSyntaxTree tree) {
        try {
            return interpreted(source, visible, environment(visible), tree, "a comparison");
        } catch (CelEvaluationException refused) {
            throw new IllegalArgumentException("no expression that CEL can run: " + source, refused);
        }
    }

    /** A condition that is known to be free of flaws, checked. */
    static CelAbstractSyntaxTree tree(String source, Visible visible) {
        try {
            return environment(visible).compile(source).getAst();
        } catch (CelValidationException refused) {
            throw new IllegalArgumentException("no CEL expression: " + source, refused);
        }
    }

    private static Cel environment(Visible visible) {
        Cel known = ENVIRONMENTS.get(visible);
        if (known != null) {
            return known;
        }
        Cel built = build(visible);
        if (ENVIRONMENTS.size() < KEPT_ENVIRONMENTS) {
            ENVIRONMENTS.put(visible, built);
        }
        return built;
    }

    private static Cel build(Visible visible) {
        CelBuilder builder = CelFactory.plannerCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(new Structs())
                .addFunctionDeclarations(mixed("_==_"), mixed("_!=_"), mixedIn())
                .addVar("user", FactShapes.USER.type())
                .addVar("properties", FactShapes.OBJECT);
        if (visible.fact()) {
            StructType fact = FactShapes.EARLIER.type();
            for (String variable : Visible.OF_FACT) {
                builder.addVar(variable, fact.findField(variable).orElseThrow().type());
            }
        }
        if (visible.sequence()) {
            builder.addVar(Visible.PREVIOUS, FactShapes.EARLIER.type());
        }
        visible.steps().forEach(step -> builder.addVar(step, FactShapes.EARLIER.type()));
        return builder.build();
    }

    /** CEL's checker wants equal types on both sides of an equality; its runtime compares numbers of either kind. */
    private static CelFunctionDecl mixed(String operator) {
        return CelFunctionDecl.newFunctionDeclaration(
                operator,
                CelOverloadDecl.newGlobalOverload(
                        operator + "int_double", SimpleType.BOOL, SimpleType.INT, SimpleType.DOUBLE),
                CelOverloadDecl.newGlobalOverload(
                        operator + "double_int", SimpleType.BOOL, SimpleType.DOUBLE, SimpleType.INT));
    }

    private static CelFunctionDecl mixedIn() {
        return CelFunctionDecl.newFunctionDeclaration(
                "@in",
                CelOverloadDecl.newGlobalOverload(
                        "in_int_doubles", SimpleType.BOOL, SimpleType.INT, ListType.create(SimpleType.DOUBLE)),
                CelOverloadDecl.newGlobalOverload(
                        "in_double_ints", SimpleType.BOOL, SimpleType.DOUBLE, ListType.create(SimpleType.INT)));
    }

    private static final class Structs implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.copyOf(STRUCTS);
        }

        @Override
        public Optional<CelType> findType(String name) {
            return STRUCTS.stream()
                    .filter(struct -> struct.name().equals(name))
                    .map(CelType.class::cast)
                    .findFirst();
        }
    }
}
