package dev.tideline.patterns.rule;

import java.util.List;
import java.util.stream.Stream;

/**
 * What came of reading rule documents: the good ones, and everything that is wrong with the others.
 *
 * @param problems in the order of the text
 */
public record Reading(List<RuleDocument> documents, List<Problem> problems) {

    /** The good rules, in the order of the text. */
    public List<Rule> rules() {
        return documents.stream().map(RuleDocument::rule).toList();
    }

    /** Both readings in one. */
    public Reading and(Reading other) {
        return new Reading(
                Stream.concat(documents.stream(), other.documents.stream()).toList(),
                Stream.concat(problems.stream(), other.problems.stream()).toList());
    }
}
