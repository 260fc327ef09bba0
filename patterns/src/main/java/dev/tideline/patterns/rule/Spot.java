package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where in a scope a record lies. Decided by switches rather than by functions: this is asked for every field of every
 * evaluation.
 *
 * @param <T> the record
 */
final class Spot<T> {
    /** Which fact: the one in question, the one before it, or an earlier step's. */
    private enum Origin {
        CURRENT,
        PREVIOUS,
        STEP
    }

    private enum Part {
        FACT,
        TEXT,
        SESSION,
        MOOD,
        SURVEY,
        QUIET,
        WEEK
    }

    private final Origin origin;
    private final String step;
    private final Part part;

    private Spot(Origin origin, String step, Part part) {
        this.origin = origin;
        this.step = step;
        this.part = part;
    }

    static Spot<Fact> current() {
        return new Spot<>(Origin.CURRENT, "", Part.FACT);
    }

    static Spot<Fact> previous() {
        return new Spot<>(Origin.PREVIOUS, "", Part.FACT);
    }

    static Spot<Fact> step(String name) {
        return new Spot<>(Origin.STEP, name, Part.FACT);
    }

    /** A part of the same fact, by the variable that it has in predicates. */
    <P> Spot<P> part(String variable) {
        Part asked = switch (variable) {
            case "text" -> Part.TEXT;
            case "session" -> Part.SESSION;
            case "mood" -> Part.MOOD;
            case "survey" -> Part.SURVEY;
            case "quiet" -> Part.QUIET;
            case "week" -> Part.WEEK;
            default -> throw new IllegalArgumentException("a fact has no part " + variable);
        };
        return new Spot<>(origin, step, asked);
    }

    boolean isCurrent() {
        return origin == Origin.CURRENT;
    }

    boolean isPrevious() {
        return origin == Origin.PREVIOUS;
    }

    /** The record; null if there is none. */
    @Nullable
    T in(Scope scope) {
        Fact fact = fact(scope);
        if (fact == null) {
            return null;
        }
        return in(fact);
    }

    /** The record in a fact that is known to be the one. */
    @SuppressWarnings("unchecked") // Each part is asked for by its own shape only.
    @Nullable
    T in(Fact fact) {
        return (T)
                switch (part) {
                    case FACT -> fact;
                    case TEXT -> fact.text();
                    case SESSION -> fact.session();
                    case MOOD -> fact.mood();
                    case SURVEY -> fact.survey();
                    case QUIET -> fact.quiet();
                    case WEEK -> fact.week();
                };
    }

    private @Nullable Fact fact(Scope scope) {
        return switch (origin) {
            case CURRENT -> scope.fact();
            case PREVIOUS -> scope.previous();
            case STEP -> scope.step(step);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Spot<?> that && origin == that.origin && part == that.part && step.equals(that.step);
    }

    @Override
    public int hashCode() {
        return Objects.hash(origin, part, step);
    }
}
