package dev.tideline.patterns.rule.plan;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;

/** Which macro a comprehension was: the parser keeps only what it stands for. */
final class Macros {
    private Macros() {}

    /** In backticks; {@code map} and {@code filter} look alike. */
    static String name(CelComprehension comprehension) {
        CelExpr start = comprehension.accuInit();
        if (start.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            return "`map` or `filter`";
        }
        if (start.constant().getKind() != CelConstant.Kind.BOOLEAN_VALUE) {
            return "`exists_one`";
        }
        return start.constant().booleanValue() ? "`all`" : "`exists`";
    }
}
