package dev.tideline.patterns.rule;

import java.util.Map;

/**
 * A rule that was read and found good, with its document.
 *
 * @param json the document as compact JSON, keys in the author's order
 * @param place where it begins
 * @param places where each of its parts stands, by JSON pointer
 */
public record RuleDocument(Rule rule, String json, Place place, Map<String, Place> places) {
    public RuleDocument {
        places = Map.copyOf(places);
    }

    /** Something wrong with a part of the document, given by its JSON pointer. */
    public Problem problem(String path, String found, String expected) {
        return new Problem(places.getOrDefault(path, place), path, found, expected, null);
    }
}
