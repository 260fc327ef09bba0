package dev.tideline.patterns.segment;

import dev.tideline.patterns.rule.SegmentRule;

/**
 * A segment, ready to be asked.
 *
 * @param index its place in the engine: a segment stands after all that it refers to
 * @param stateKey under which its memberships are kept; a shadow's are not those of the live segment of the same id
 * @param dependents segments that refer to it
 * @param leaves all that are counted for it, also for the segments that it refers to
 * @param segments those that it refers to, directly or not, and itself last; ascending
 */
record CompiledSegment(
        int index, SegmentRule rule, String stateKey, Node when, int[] dependents, int[] leaves, int[] segments) {

    /** Begins the key of a shadow's memberships; no segment id begins with a tilde. */
    static final String SHADOW = "~";

    /** The key of a rule's memberships. */
    static String stateKey(SegmentRule rule) {
        return rule.header().shadow() ? SHADOW + rule.id() : rule.id();
    }

    boolean shadow() {
        return rule.header().shadow();
    }
}
