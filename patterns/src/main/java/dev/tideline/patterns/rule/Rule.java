package dev.tideline.patterns.rule;

/** A rule that was read and found good. */
public sealed interface Rule permits SegmentRule, PatternRule, PolicyRule {
    /** What every rule says of itself. */
    Header header();

    /** The rule's id, unique within its kind. */
    default String id() {
        return header().id();
    }

    /** A higher version replaces a lower one. */
    default int version() {
        return header().version();
    }
}
