package dev.tideline.job.emit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All memberships at one instant.
 *
 * @param id tells it from every other
 * @param readAt when it was read, by the database's clock
 * @param segments those that it is limited to; empty = all
 */
public record MembershipSnapshot(String id, Instant readAt, List<String> segments) {
    /** Longer than it takes from writing a change to the topic until the database has it. */
    private static final Duration BEHIND_THE_TOPIC = Duration.ofHours(1);

    public MembershipSnapshot {
        segments = List.copyOf(segments);
    }

    /** Whoever joins it with the changes reads those from records of this time on, and misses none. */
    public Instant changesSince() {
        return readAt.minus(BEHIND_THE_TOPIC);
    }
}
