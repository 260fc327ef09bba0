package dev.tideline.patterns.rule;

import dev.tideline.patterns.rule.plan.Trial;
import dev.tideline.patterns.rule.plan.Truth;
import org.jspecify.annotations.Nullable;

/**
 * A predicate planned into closures over the records. Equal to another one of the same source with the same variables.
 */
final class PlannedPredicate implements Predicate {
    /** An evaluation calls no other one, so a thread needs one trial only. */
    private static final ThreadLocal<Trial<Scope>> TRIAL = ThreadLocal.withInitial(Trial::new);

    private final String source;
    private final Visible visible;
    private final Truth<Scope> condition;
    private final @Nullable Recollection recollection;

    PlannedPredicate(String source, Visible visible, Truth<Scope> condition, @Nullable Recollection recollection) {
        this.source = source;
        this.visible = visible;
        this.condition = condition;
        this.recollection = recollection;
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
    public @Nullable Recollection recollection() {
        return recollection;
    }

    @Override
    public String evaluation() {
        return "planned into closures";
    }

    @Override
    public boolean test(Scope scope) {
        return outcome(scope) == Truth.TRUE;
    }

    /** {@link Truth#TRUE}, {@link Truth#FALSE} or {@link Truth#ERROR}. */
    int outcome(Scope scope) {
        try {
            return TRIAL.get().of(condition, scope);
        } catch (RuntimeException error) {
            // The contract: never throws. What went wrong may hold a person's words.
            return Truth.ERROR;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PlannedPredicate that && source.equals(that.source) && visible.equals(that.visible);
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
