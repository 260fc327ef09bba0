package dev.tideline.job.rules;

import dev.tideline.patterns.rule.Catalogue;
import dev.tideline.patterns.rule.Header;
import dev.tideline.patterns.rule.Problem;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleDocument;
import dev.tideline.patterns.rule.RuleReader;
import dev.tideline.patterns.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules that are there before the first event: the shipped catalogue, a folder of one's own, or both.
 *
 * @param problems everything that is wrong; empty if the rules can be used
 */
public record RuleFiles(List<RuleRevision> rules, List<Problem> problems) {

    /**
     * Reads the rules. Own ones take the place of shipped ones of the same kind and id; an own policy takes the place of the
     * shipped one.
     *
     * @param directory null = no own rules
     * @throws IOException if the folder cannot be read
     */
    public static RuleFiles read(boolean catalogue, @Nullable Path directory) throws IOException {
        Reading shipped = catalogue ? Catalogue.read() : new Reading(List.of(), List.of());
        Reading own = directory == null ? new Reading(List.of(), List.of()) : RuleReader.readDirectory(directory);
        List<Problem> problems = new ArrayList<>(shipped.problems());
        problems.addAll(own.problems());
        Map<String, RuleDocument> documents = new LinkedHashMap<>();
        boolean ownPolicy = own.documents().stream().anyMatch(RuleFiles::isPolicy);
        for (RuleDocument document : shipped.documents()) {
            if (!(ownPolicy && isPolicy(document))) {
                documents.put(document.rule().header().key(), document);
            }
        }
        own.documents()
                .forEach(document -> documents.put(document.rule().header().key(), document));
        if (problems.isEmpty()) {
            problems.addAll(RuleSet.problems(List.copyOf(documents.values())));
        }
        return new RuleFiles(revisions(documents), List.copyOf(problems));
    }

    private static boolean isPolicy(RuleDocument document) {
        return document.rule().header().kind() == Header.Kind.POLICY;
    }

    private static List<RuleRevision> revisions(Map<String, RuleDocument> documents) {
        List<RuleRevision> revisions = new ArrayList<>();
        documents.forEach((key, document) -> revisions.add(new RuleRevision(0, key, document.json(), Long.MIN_VALUE)));
        return revisions;
    }
}
