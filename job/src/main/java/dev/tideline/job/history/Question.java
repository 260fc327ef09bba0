package dev.tideline.job.history;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is asked of the past.
 *
 * @param kinds event types and derived facts, each with the instant (epoch milliseconds) after which a fact's own time must
 *     lie; {@link Long#MIN_VALUE} for all of them
 * @param profiles whether profile patches are asked for, all of them
 * @param untilMillis only what was taken before this instant
 */
public record Question(Map<String, Long> kinds, boolean profiles, long untilMillis) {
    public Question {
        kinds = Map.copyOf(kinds);
    }

    /** Whether there is anything to be read. */
    public boolean isEmpty() {
        return kinds.isEmpty() && !profiles;
    }

    /** A question that both are answered by; what it reads besides is for those who asked to leave out. */
    public Question and(Question other) {
        Map<String, Long> both = new TreeMap<>(kinds);
        other.kinds.forEach((kind, since) -> both.merge(kind, since, Math::min));
        return new Question(both, profiles || other.profiles, Math.max(untilMillis, other.untilMillis));
    }
}
