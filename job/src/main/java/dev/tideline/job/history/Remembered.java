package dev.tideline.job.history;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.ProfilePatch;
import org.jspecify.annotations.Nullable;

/**
 * One thing of a user's past; exactly one of {@code fact} and {@code profile} is set.
 *
 * @param takenAtMillis where the user's time stood when it was taken (epoch milliseconds)
 * @param first whether it is the user's first; where reading was interrupted, a user may begin again
 */
public record Remembered(
        String user,
        long takenAtMillis,
        boolean first,
        @Nullable Fact fact,
        @Nullable ProfilePatch profile) {}
