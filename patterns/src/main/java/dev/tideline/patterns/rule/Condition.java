package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of a segment's condition tree. Durations are in milliseconds. */
public sealed interface Condition {
    /** Every part holds; never empty. */
    record All(List<Condition> parts) implements Condition {}

    /** At least one part holds; never empty. */
    record Any(List<Condition> parts) implements Condition {}

    /** The part does not hold. */
    record Not(Condition part) implements Condition {}

    /**
     * The number of facts of the kind, for which {@code where} is true and which lie within the window, is between the bounds.
     *
     * @param fact an event type or a derived fact's name
     * @param atLeast lowest count that holds, 0 or more
     * @param atMost highest count that holds; null = no upper bound
     * @param withinMillis {@code t - within < time <= t}; null = ever
     */
    record Performed(
            String fact,
            @Nullable Predicate where,
            int atLeast,
            @Nullable Integer atMost,
            @Nullable Long withinMillis) implements Condition {}

    /** The user's profile satisfies the predicate. */
    record Profile(Predicate predicate) implements Condition {}

    /** The user is in another segment. */
    record InSegment(String segment) implements Condition {}

    /** The user's open alert is at this level or higher. */
    record AtRisk(Level level) implements Condition {}

    /** A match of the sequence began less than its window ago. */
    record Followed(Sequence sequence) implements Condition {}
}
