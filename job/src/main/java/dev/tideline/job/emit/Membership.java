package dev.tideline.job.emit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user belongs to a segment.
 *
 * @param sequence of the change by which the user entered
 * @param expiresAt when time alone would end it; null if it would not
 */
public record Membership(
        String user,
        String segment,
        int version,
        long sequence,
        @Nullable Instant memberSince,
        @Nullable Instant expiresAt) {}
