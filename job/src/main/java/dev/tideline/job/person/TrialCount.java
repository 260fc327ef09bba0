package dev.tideline.job.person;

import java.util.List;

/**
 * What trying out a version of a segment has come to, among the users of one key group: users go from one task to another by
 * these groups, and their counts with them.
 *
 * @param version of the shadow rule
 * @param size how many are in the version that is tried out
 * @param entering how many of these are not in the live one
 * @param leaving how many are in the live one only
 * @param enters some of those who would enter
 * @param leaves some of those who would leave
 */
public record TrialCount(
        String segment,
        int version,
        int group,
        long size,
        long entering,
        long leaving,
        List<String> enters,
        List<String> leaves) {}
