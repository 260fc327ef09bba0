package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A finished match, as predicates see it. */
record MatchScope(Match match, UserProfile user) implements Scope {

    @Override
    public Fact fact() {
        return match.last();
    }

    @Override
    public @Nullable Fact previous() {
        List<Fact> facts = match.facts();
        return facts.size() < 2 ? null : facts.get(facts.size() - 2);
    }

    @Override
    public @Nullable Fact step(String name) {
        List<Fact> facts = match.steps().get(name);
        return facts == null ? null : facts.get(facts.size() - 1);
    }
}
