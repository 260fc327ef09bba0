package dev.tideline.patterns.segment;

import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.Scope;

/** A predicate written by hand; two of the same source are equal, as compiled ones are. */
final class Told implements Predicate {
    private final String source;
    private final java.util.function.Predicate<Scope> answer;

    private Told(String source, java.util.function.Predicate<Scope> answer) {
        this.source = source;
        this.answer = answer;
    }

    static Told that(String source, java.util.function.Predicate<Scope> answer) {
        return new Told(source, answer);
    }

    static Told accountIs(String type) {
        return that(
                "user.account_type == " + type,
                scope -> type.equals(scope.user().accountType()));
    }

    static Told contextIs(String context) {
        return that(
                "context == " + context,
                scope -> scope.fact() != null && context.equals(scope.fact().context()));
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public boolean test(Scope scope) {
        return answer.test(scope);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Told told && told.source.equals(source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return source;
    }
}
