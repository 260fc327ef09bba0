package dev.tideline.patterns.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.tideline.patterns.rule.plan.Truth;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated conditions over generated facts: the plan says what CEL's runtime says, errors included. */
class PlanAgreesWithCelTest {
    private static final boolean EXHAUSTIVE = Boolean.getBoolean("tideline.exhaustive");
    private static final int EXPRESSIONS = EXHAUSTIVE ? 15_000 : 1_250;
    private static final int FACTS = 50;

    /** What the planner plans; a generator that misses one of them shows nothing about it. */
    private static final List<String> PLANNED = List.of(
            "_&&_",
            "_||_",
            "!_",
            "_?_:_",
            "_==_",
            "_!=_",
            "_<_",
            "_<=_",
            "_>_",
            "_>=_",
            "@in",
            "_+_",
            "_-_",
            "_*_",
            "_/_",
            "_%_",
            "-_",
            "_[_]",
            "size",
            "startsWith",
            "endsWith",
            "contains",
            "matches",
            "int",
            "double",
            "dyn",
            "duration",
            "timestamp",
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

    static LongStream seeds() {
        return LongStream.range(0, EXHAUSTIVE ? 4 : 2);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPairOfExpressionAndFactHasOneOutcome(long seed) {
        // On a thread of its own: CEL's runtime throws for every error, which is dear where the stack is deep.
        CompletableFuture.runAsync(() -> new Comparison(seed).run()).join();
    }

    private static final class Comparison {
        private final RandomExpressions expressions;
        private final List<Scope> scopes;
        private final Set<String> used = new HashSet<>();
        private final int[] outcomes = new int[3];
        private int planned;
        private int refused;

        Comparison(long seed) {
            expressions = new RandomExpressions(seed);
            RandomScopes facts = new RandomScopes(seed);
            scopes = Stream.generate(facts::scope).limit(FACTS).toList();
        }

        void run() {
            for (int i = 0; i < EXPRESSIONS; i++) {
                compare(expressions.condition());
            }
            assertThat(planned).as("planned").isGreaterThan(EXPRESSIONS * 85 / 100);
            assertThat(refused).as("refused").isLessThan(EXPRESSIONS / 10);
            assertThat(used).containsAll(PLANNED);
            assertThat(outcomes[Truth.TRUE]).as("true").isGreaterThan(planned * FACTS / 20);
            assertThat(outcomes[Truth.FALSE]).as("false").isGreaterThan(planned * FACTS / 20);
            assertThat(outcomes[Truth.ERROR]).as("error").isGreaterThan(planned * FACTS / 20);
        }

        private void compare(String source) {
            Expressions.Outcome outcome = Expressions.compile(source, RandomExpressions.VISIBLE);
            if (outcome instanceof Expressions.Outcome.Refused) {
                refused++;
            } else if (outcome instanceof Expressions.Outcome.Compiled compiled
                    && compiled.predicate() instanceof PlannedPredicate plan) {
                planned++;
                CelAbstractSyntaxTree tree = Expressions.tree(source, RandomExpressions.VISIBLE);
                CelNavigableAst.fromAst(tree)
                        .getRoot()
                        .allNodes()
                        .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
                        .forEach(node -> used.add(node.expr().call().function()));
                compare(plan, Expressions.interpreted(source, RandomExpressions.VISIBLE, tree));
            }
        }

        private void compare(PlannedPredicate plan, CelPredicate runtime) {
            for (Scope scope : scopes) {
                int expected = runtime.outcome(scope);
                assertThat(plan.outcome(scope))
                        .as(() -> plan.source() + "\nof " + scope.fact() + "\nafter " + scope.previous() + "\nfirst "
                                + scope.step("first") + "\nby " + scope.user())
                        .isEqualTo(expected);
                outcomes[expected]++;
            }
        }
    }
}
