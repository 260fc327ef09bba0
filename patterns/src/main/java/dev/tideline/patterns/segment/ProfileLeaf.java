package dev.tideline.patterns.segment;

import dev.tideline.patterns.rule.Predicate;

/**
 * A question to the user's profile, asked once whichever segments need the answer.
 *
 * @param segments who asks
 */
record ProfileLeaf(long key, Predicate predicate, int[] segments) {}
