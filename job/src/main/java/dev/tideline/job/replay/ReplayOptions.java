package dev.tideline.job.replay;

import dev.tideline.patterns.alert.StaffRoutine;
import dev.tideline.patterns.fact.Purpose;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replay is asked to do.
 *
 * @param input the folder of the history
 * @param rules the folder of the rules; they alone hold
 * @param output the folder of the results; made if need be
 * @param labels who was in distress and since when; null = not known
 * @param until where time ends; null = at the latest timestamp among accepted events and profiles
 * @param allowedByDefault for users without consent on record
 * @param staff what staff do; null = nothing, or what {@code actions.jsonl} says
 * @param parallelism of the steps that may run side by side
 * @param now what the wall clock shows; an event more than five minutes ahead of it is refused
 */
public record ReplayOptions(
        Path input,
        Path rules,
        Path output,
        @Nullable Path labels,
        @Nullable Instant until,
        List<Purpose> allowedByDefault,
        @Nullable StaffRoutine staff,
        int parallelism,
        Instant now) {}
