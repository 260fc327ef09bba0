package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Facts that follow each other as a sequence asks.
 *
 * @param key the watched sequence's key
 * @param version and its version
 * @param at when it was complete, to the millisecond: the time of the fact that completed it, or, where the sequence ends
 *     in {@code not_followed_by}, the exact end of its window
 * @param steps by step, in the order of the steps, the facts in the order they were accepted; steps without facts are left
 *     out
 */
public record Match(String key, int version, Instant at, Map<String, List<Fact>> steps) {

    /** All facts, in the order they were accepted; never empty. */
    public List<Fact> facts() {
        return steps.values().stream().flatMap(List::stream).toList();
    }

    /** The fact that began it. */
    public Fact first() {
        return steps.values().iterator().next().get(0);
    }

    /** The fact that was accepted last. */
    public Fact last() {
        List<Fact> facts = facts();
        return facts.get(facts.size() - 1);
    }

    /** What a predicate over the finished match may look at: the last fact, the one before it, and every step's latest. */
    public Scope scope(UserProfile user) {
        return new MatchScope(this, user);
    }
}
