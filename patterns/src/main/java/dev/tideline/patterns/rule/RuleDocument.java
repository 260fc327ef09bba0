package dev.tideline.patterns.rule;

import java.util.Map;

/**
 * A rule that was read and found good, with its document.
 *
 * @param json the document as compact JSON, keys in the author's order
 * @param place where it begins
 * @param references the segments that the rule refers to, and where it does so first
 */
public record RuleDocument(Rule rule, String json, Place place, Map<String, Place> references) {}
