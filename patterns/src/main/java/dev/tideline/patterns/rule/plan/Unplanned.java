package dev.tideline.patterns.rule.plan;

import java.io.Serial;

/** An expression that is left to CEL's interpreter. */
public final class Unplanned extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final String reason;

    Unplanned(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** What in the expression is the reason, in words of the rule language, such as {@code `exists`}. */
    public String reason() {
        return reason;
    }
}
