package dev.tideline.job.person;

import dev.tideline.patterns.alert.AlertDesk;
import dev.tideline.patterns.rule.PolicyRule;
import org.jspecify.annotations.Nullable;

/**
 * A time in which segments and policies stay as they are.
 *
 * @param from its first instant (epoch milliseconds); it lasts until the next one begins
 * @param fingerprint of all that they say; equal ones say the same
 * @param policy fingerprint of the policies alone
 * @param shadow a policy that is tried out beside the one in force; null = none
 */
record Epoch(
        long from,
        long fingerprint,
        long policy,
        Segmentation segments,
        AlertDesk desk,
        Epoch.@Nullable Shadow shadow) {

    /** A policy on trial. */
    record Shadow(PolicyRule rule, AlertDesk desk) {}
}
