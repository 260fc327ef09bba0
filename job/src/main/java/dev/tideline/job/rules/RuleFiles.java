package dev.tideline.job.rules;

import dev.tideline.job.ingest.WallClock;
import dev.tideline.patterns.check.OwnRules;
import dev.tideline.patterns.rule.Catalogue;
import dev.tideline.patterns.rule.Problem;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleDocument;
import dev.tideline.patterns.rule.RuleReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that are there before the first event: the shipped catalogue, a folder of one's own, or both.
 *
 * @param problems everything that is wrong; empty if the rules can be used
 * @param watched where they come from, to be watched while the job runs
 */
public record RuleFiles(List<RuleRevision> rules, List<Problem> problems, WatchedFiles watched) {

    /**
     * Reads the rules; own ones take the place of shipped ones as {@link OwnRules} says.
     *
     * @param directory null = no own rules
     * @throws IOException if the folder cannot be read
     */
    public static RuleFiles read(boolean catalogue, @Nullable Path directory) throws IOException {
        Reading shipped = catalogue ? Catalogue.read() : Reading.EMPTY;
        Reading own = directory == null ? Reading.EMPTY : RuleReader.readDirectory(directory);
        OwnRules rules = OwnRules.beside(shipped, own);
        List<ToldRule> known = new ArrayList<>();
        rules.shipped().documents().forEach(document -> known.add(ToldRule.of(document, true)));
        rules.own().documents().forEach(document -> known.add(ToldRule.of(document, false)));
        String folder = directory == null ? null : directory.toAbsolutePath().toString();
        return new RuleFiles(
                revisions(rules.all().documents()),
                rules.problems(),
                new WatchedFiles(catalogue, folder, known, WallClock.SYSTEM));
    }

    private static List<RuleRevision> revisions(List<RuleDocument> documents) {
        return documents.stream()
                .map(document -> new RuleRevision(0, document.rule().header().key(), document.json(), Long.MIN_VALUE))
                .toList();
    }
}
