package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.rule.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user's world may hold at an instant. */
sealed interface Input {
    record Took(Fact fact, UserProfile profile) implements Input {}

    record Profiled(UserProfile profile) implements Input {}

    record Risked(@Nullable Level level) implements Input {}

    record Matched(Sequence sequence, long first, @Nullable String cause) implements Input {}

    /** Other rules; always the first of its instant. */
    record Ruled(List<SegmentRule> rules, UserProfile profile) implements Input {}

    /** Consent is gone; always the only one of its instant. */
    record Closed() implements Input {}

    /** One instant and what bears it, in order. */
    record At(long millis, List<Input> inputs) {}
}
