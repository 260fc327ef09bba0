package dev.tideline.job.rules;

import dev.tideline.patterns.rule.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a rule cannot come into force.
 *
 * @param path where in the document, as a JSON pointer; empty for the document itself
 * @param reason a sentence for its author
 */
record Objection(String path, String reason) {
    /** A document may have thousands of flaws; who mends these sees the others. */
    private static final int MOST_TOLD = 20;

    static List<Objection> of(List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Objection(problem.path(), problem.reason()))
                .toList();
    }

    static Objection circle(List<String> segments) {
        return new Objection("/when", "a circle: " + String.join(" → ", segments));
    }

    /** All of them in one text; where there are several, each with its path. */
    static String text(List<Objection> objections) {
        if (objections.size() == 1) {
            return objections.get(0).reason();
        }
        return sentences(objections.stream()
                .map(objection -> (objection.path().isEmpty() ? "/" : objection.path()) + ": " + objection.reason())
                .toList());
    }

    /** Several sentences in one text, the first of them if there are very many. */
    static String sentences(List<String> all) {
        List<String> told = new ArrayList<>(all.subList(0, Math.min(all.size(), MOST_TOLD)));
        if (all.size() > MOST_TOLD) {
            told.add("and " + (all.size() - MOST_TOLD) + " more");
        }
        return String.join("; ", told);
    }
}
