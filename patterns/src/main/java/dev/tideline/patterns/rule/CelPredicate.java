package dev.tideline.patterns.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.Program;
import dev.tideline.patterns.rule.json.JsonValues;
import dev.tideline.patterns.rule.plan.Truth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A predicate run by the CEL runtime. Equal to another one of the same source with the same variables. */
final class CelPredicate implements Predicate {
    private final String source;
    private final Visible visible;
    private final Program program;
    private final String reason;

    /** @param reason what in the expression is not planned, in words of the rule language */
    CelPredicate(String source, Visible visible, Program program, String reason) {
        this.source = source;
        this.visible = visible;
        this.program = program;
        this.reason = reason;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public boolean looksBack() {
        return visible.looksBack(source);
    }

    @Override
    public String evaluation() {
        return "run by CEL's interpreter (because of " + reason + ")";
    }

    @Override
    public boolean test(Scope scope) {
        return outcome(scope) == Truth.TRUE;
    }

    /** {@link Truth#TRUE}, {@link Truth#FALSE} or, for anything else, {@link Truth#ERROR}. */
    int outcome(Scope scope) {
        try {
            Object result = program.eval((CelVariableResolver) name -> Optional.ofNullable(resolve(name, scope)));
            return result instanceof Boolean truth ? Truth.of(truth) : Truth.ERROR;
        } catch (CelEvaluationException | RuntimeException error) {
            // The contract: an evaluation that ends in an error is false. What went wrong may hold a person's words.
            return Truth.ERROR;
        }
    }

    private @Nullable Object resolve(String name, Scope scope) {
        if (name.equals("user")) {
            return FactShapes.USER.view(scope.user());
        }
        if (name.equals("properties")) {
            return JsonValues.properties(scope.user().properties());
        }
        if (name.equals(Visible.PREVIOUS)) {
            return FactShapes.EARLIER.view(Scope.of(scope.previous(), scope.user()));
        }
        return visible.steps().contains(name)
                ? FactShapes.EARLIER.view(Scope.of(scope.step(name), scope.user()))
                : FactShapes.factVariable(name, scope.fact());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CelPredicate that && source.equals(that.source) && visible.equals(that.visible);
    }

    @Override
    public int hashCode() {
        return 31 * source.hashCode() + visible.hashCode();
    }

    @Override
    public String toString() {
        return source;
    }
}
