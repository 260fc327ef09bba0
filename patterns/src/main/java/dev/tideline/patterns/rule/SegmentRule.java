package dev.tideline.patterns.rule;

/** Who belongs to a segment. */
public record SegmentRule(Header header, Condition when) implements Rule {}
