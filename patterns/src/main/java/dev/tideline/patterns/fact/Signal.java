package dev.tideline.patterns.fact;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pattern found in a user's facts.
 *
 * @param pattern the pattern's id
 * @param name the pattern's name, for people
 * @param family {@code mood}, {@code text}, {@code survey}, {@code feedback}, {@code engagement} or {@code burnout}
 * @param level after {@code raise}
 * @param at the time of the match
 * @param arrivedAt when what completed it arrived
 * @param supporting whether it may only join an open alert
 * @param cooldownMillis for how long the same pattern stays quiet afterwards; 0 = never
 */
public record Signal(
        String user,
        String pattern,
        int version,
        String name,
        String family,
        Level level,
        Instant at,
        Instant arrivedAt,
        Evidence evidence,
        boolean supporting,
        long cooldownMillis) {

    /**
     * The numbers behind a signal; never a word of the person.
     *
     * @param events ids of the events and facts that matched, in the order of the pattern's steps
     * @param values what was used, by name, such as {@code second.mood.level}
     */
    public record Evidence(
            List<String> events,
            Map<String, Double> values,
            @Nullable Double threshold,
            @Nullable Double baseline) {}
}
