package dev.tideline.job.rules;

import dev.tideline.job.ingest.WallClock;
import dev.tideline.patterns.check.Rules;
import dev.tideline.patterns.rule.Catalogue;
import dev.tideline.patterns.rule.Header;
import dev.tideline.patterns.rule.Problem;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleDocument;
import dev.tideline.patterns.rule.RuleReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules that are there before the first event: the shipped catalogue, a folder of one's own, or both.
 *
 * @param problems everything that is wrong; empty if the rules can be used
 * @param watched where they come from, to be watched while the job runs
 */
public record RuleFiles(List<RuleRevision> rules, List<Problem> problems, WatchedFiles watched) {

    /**
     * Reads the rules. Own ones take the place of shipped ones of the same kind and id; an own policy that is in force
     * takes the place of the shipped one.
     *
     * @param directory null = no own rules
     * @throws IOException if the folder cannot be read
     */
    public static RuleFiles read(boolean catalogue, @Nullable Path directory) throws IOException {
        Reading shipped = catalogue ? Catalogue.read() : Reading.EMPTY;
        Reading own = directory == null ? Reading.EMPTY : RuleReader.readDirectory(directory);
        Reading remaining = remaining(shipped, own);
        Reading read = remaining.and(own);
        List<ToldRule> known = new ArrayList<>();
        remaining.documents().forEach(document -> known.add(ToldRule.of(document, true)));
        own.documents().forEach(document -> known.add(ToldRule.of(document, false)));
        String folder = directory == null ? null : directory.toAbsolutePath().toString();
        return new RuleFiles(
                revisions(read.documents()),
                Rules.problems(read),
                new WatchedFiles(catalogue, folder, known, WallClock.SYSTEM));
    }

    /** The shipped rules that no own one takes the place of. */
    private static Reading remaining(Reading shipped, Reading own) {
        boolean ownPolicy = own.documents().stream().anyMatch(RuleFiles::isPolicyInForce);
        Set<String> replaced = own.documents().stream().map(RuleFiles::key).collect(Collectors.toSet());
        return shipped.only(document -> !replaced.contains(key(document)) && !(ownPolicy && isPolicy(document)));
    }

    private static boolean isPolicy(RuleDocument document) {
        return document.rule().header().kind() == Header.Kind.POLICY;
    }

    /** A policy that is only tried out, or switched off, takes nobody's place. */
    static boolean isPolicyInForce(RuleDocument document) {
        Header header = document.rule().header();
        return isPolicy(document) && header.enabled() && !header.shadow();
    }

    private static String key(RuleDocument document) {
        return document.rule().header().key();
    }

    private static List<RuleRevision> revisions(List<RuleDocument> documents) {
        return documents.stream()
                .map(document -> new RuleRevision(0, key(document), document.json(), Long.MIN_VALUE))
                .toList();
    }
}
