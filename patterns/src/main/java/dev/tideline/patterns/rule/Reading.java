package dev.tideline.patterns.rule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What came of reading rule documents: the good ones, and everything that is wrong with the others.
 *
 * @param problems in the order of the text
 * @param refused the keys ({@code kind/id}) of documents that were not good, as far as they said them: a reference to one
 *     of them is no second mistake
 * @param complete false if a text could not be read to its end, so that nobody knows what else it holds
 */
public record Reading(List<RuleDocument> documents, List<Problem> problems, Set<String> refused, boolean complete) {
    /** Nothing read, nothing wrong. */
    public static final Reading EMPTY = new Reading(List.of(), List.of());

    public Reading {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
        refused = Set.copyOf(refused);
    }

    Reading(List<RuleDocument> documents, List<Problem> problems) {
        this(documents, problems, Set.of(), true);
    }

    /** The good rules, in the order of the text. */
    public List<Rule> rules() {
        return documents.stream().map(RuleDocument::rule).toList();
    }

    /** The same without the good rules that do not satisfy the condition. */
    public Reading only(java.util.function.Predicate<RuleDocument> condition) {
        return new Reading(documents.stream().filter(condition).toList(), problems, refused, complete);
    }

    /** Both readings in one. */
    public Reading and(Reading other) {
        Set<String> bothRefused = new HashSet<>(refused);
        bothRefused.addAll(other.refused);
        return new Reading(
                Stream.concat(documents.stream(), other.documents.stream()).toList(),
                Stream.concat(problems.stream(), other.problems.stream()).toList(),
                bothRefused,
                complete && other.complete);
    }
}
