package dev.tideline.job.rules;

import dev.tideline.patterns.check.OwnRules;
import dev.tideline.patterns.check.Rules;
import dev.tideline.patterns.fact.Fingerprint;
import dev.tideline.patterns.rule.Header;
import dev.tideline.patterns.rule.Problem;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleDocument;
import dev.tideline.patterns.rule.RuleReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is new in the files that rules come from, compared with what the gate was told. Own rules take the place of shipped
 * ones as at the start ({@link OwnRules}); where an own one goes, the shipped one comes back. What was in a file that cannot
 * be read, or is just being written, is neither gone nor changed. For one thread.
 */
final class FilesWatch {
    private final Reading shipped;
    private final Map<String, ToldRule> told = new TreeMap<>();
    private final Map<String, ToldFlaw> flaws = new TreeMap<>();
    private final Map<String, ReadFile> read = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // compared by hand
    private record ReadFile(byte[] bytes, Reading reading) {}

    /** A document that counts, and whether it is of the catalogue. */
    private record Wanted(RuleDocument document, boolean isShipped) {}

    /** What is wrong with a rule or a file, in words. */
    private record Flaw(String path, String reason) {}

    /**
     * Goes on from what was told before.
     *
     * @param shipped the catalogue, or nothing
     */
    FilesWatch(Reading shipped, Collection<ToldRule> told, Collection<ToldFlaw> flaws) {
        this.shipped = shipped;
        told.forEach(rule -> this.told.put(rule.key(), rule));
        flaws.forEach(flaw -> this.flaws.put(flaw.key(), flaw));
    }

    List<ToldRule> told() {
        return List.copyOf(told.values());
    }

    List<ToldFlaw> flaws() {
        return List.copyOf(flaws.values());
    }

    /** What is new, in an order that never leaves two of what there may be one of. */
    List<RuleFileNews> look(FolderView folder, Instant at) {
        read.keySet().retainAll(folder.files().keySet());
        Map<String, Wanted> wanted = new LinkedHashMap<>();
        Map<String, Flaw> wrong = new TreeMap<>();
        Set<String> unclear = new HashSet<>(folder.moving());
        folder.files().forEach((file, bytes) -> {
            Reading reading = reading(file, bytes);
            takeDocuments(reading, file, wanted, wrong);
            if (!reading.problems().isEmpty()) {
                unclear.add(file);
            }
        });
        folder.files().keySet().forEach(file -> takeFlaws(file, wanted, wrong));
        Set<String> kept = kept(unclear, wanted);
        addShipped(wanted, kept);

        List<RuleFileNews> news = new ArrayList<>();
        tellGone(wanted, kept, at, news);
        tellDocuments(wanted, wrong, at, news);
        tellFlaws(wrong, folder.moving(), at, news);
        return news;
    }

    private Reading reading(String file, byte[] bytes) {
        ReadFile known = read.get(file);
        if (known == null || !Arrays.equals(known.bytes(), bytes)) {
            known = new ReadFile(bytes, checked(RuleReader.readFile(file, bytes)));
            read.put(file, known);
        }
        return known.reading();
    }

    /** A rule that can be read and never be matched is as good as one that cannot be read. */
    private static Reading checked(Reading reading) {
        List<Problem> problems = new ArrayList<>(reading.problems());
        Set<String> refused = new HashSet<>(reading.refused());
        Reading good = reading.only(document -> Rules.problems(document).isEmpty());
        for (RuleDocument document : reading.documents()) {
            List<Problem> found = Rules.problems(document);
            problems.addAll(found);
            if (!found.isEmpty()) {
                refused.add(key(document));
            }
        }
        return new Reading(good.documents(), problems, refused, reading.complete());
    }

    private static void takeDocuments(
            Reading reading, String file, Map<String, Wanted> wanted, Map<String, Flaw> wrong) {
        for (RuleDocument document : reading.documents()) {
            Wanted first = wanted.putIfAbsent(key(document), new Wanted(document, false));
            if (first != null) {
                wrong.putIfAbsent(
                        fileKey(file),
                        new Flaw(
                                "/id",
                                document.problem(
                                                "/id",
                                                "a second " + key(document) + " (the first: "
                                                        + first.document().place() + ")",
                                                "each id once")
                                        .toString()));
            }
        }
    }

    /** Says what is wrong in a file under each rule that it may concern, or else under the file's own name. */
    private void takeFlaws(String file, Map<String, Wanted> wanted, Map<String, Flaw> wrong) {
        ReadFile known = read.get(file);
        if (known == null || known.reading().problems().isEmpty()) {
            return;
        }
        Reading reading = known.reading();
        Set<String> concerned = new HashSet<>(reading.refused());
        if (!reading.complete()) {
            told.values().stream().filter(rule -> rule.file().equals(file)).forEach(rule -> concerned.add(rule.key()));
        }
        concerned.removeAll(wanted.keySet());
        Flaw flaw = new Flaw(
                reading.problems().get(0).path(),
                Objection.sentences(
                        reading.problems().stream().map(Problem::toString).toList()));
        if (concerned.isEmpty()) {
            wrong.put(fileKey(file), flaw);
        } else {
            concerned.forEach(key -> wrong.put(key, flaw));
        }
    }

    /** Rules that were told from a file of which nobody knows what it holds. */
    private Set<String> kept(Set<String> unclear, Map<String, Wanted> wanted) {
        Set<String> kept = new HashSet<>();
        for (ToldRule rule : told.values()) {
            if (!rule.shipped() && unclear.contains(rule.file()) && !wanted.containsKey(rule.key())) {
                kept.add(rule.key());
            }
        }
        return kept;
    }

    private void addShipped(Map<String, Wanted> wanted, Set<String> kept) {
        boolean ownPolicy = wanted.values().stream().map(Wanted::document).anyMatch(OwnRules::isPolicyInForce)
                || (kept.stream().anyMatch(FilesWatch::isPolicy) && !shippedPolicyTold());
        for (RuleDocument document : shipped.documents()) {
            String key = key(document);
            if (!kept.contains(key) && !(ownPolicy && isPolicy(key))) {
                wanted.putIfAbsent(key, new Wanted(document, true));
            }
        }
    }

    /** Where it was, whatever policy cannot be read right now was not in force. */
    private boolean shippedPolicyTold() {
        return told.values().stream().anyMatch(rule -> rule.shipped() && isPolicy(rule.key()));
    }

    /** Also what another takes the place of that is no newer version of it. */
    private void tellGone(Map<String, Wanted> wanted, Set<String> kept, Instant at, List<RuleFileNews> news) {
        for (ToldRule rule : told()) {
            Wanted next = wanted.get(rule.key());
            boolean gone = next == null && !kept.contains(rule.key());
            if (gone || next != null && replaced(rule, next)) {
                told.remove(rule.key());
                flaws.remove(rule.key());
                news.add(RuleFileNews.gone(rule.key(), at));
            }
        }
    }

    private static boolean replaced(ToldRule before, Wanted next) {
        ToldRule after = ToldRule.of(next.document(), next.isShipped());
        return before.shipped() != after.shipped()
                && after.version() <= before.version()
                && !after.fingerprint().equals(before.fingerprint());
    }

    private void tellDocuments(
            Map<String, Wanted> wanted, Map<String, Flaw> wrong, Instant at, List<RuleFileNews> news) {
        wanted.forEach((key, next) -> {
            ToldRule before = told.get(key);
            ToldRule after = ToldRule.of(next.document(), next.isShipped());
            boolean isNew = before == null || !before.fingerprint().equals(after.fingerprint());
            boolean mended = !wrong.containsKey(key) && flaws.remove(key) != null;
            told.put(key, after);
            if (isNew || mended) {
                RuleDocument document = next.document();
                news.add(RuleFileNews.document(
                        key, document.json(), document.place().toString(), at));
            }
        });
    }

    private void tellFlaws(Map<String, Flaw> wrong, Set<String> moving, Instant at, List<RuleFileNews> news) {
        wrong.forEach((key, flaw) -> {
            ToldFlaw now = new ToldFlaw(key, Fingerprint.hex(flaw.path(), flaw.reason()));
            if (!now.equals(flaws.put(key, now))) {
                news.add(RuleFileNews.broken(key, flaw.path(), flaw.reason(), at));
            }
        });
        if (moving.isEmpty()) {
            for (ToldFlaw flaw : flaws()) {
                if (!wrong.containsKey(flaw.key())) {
                    flaws.remove(flaw.key());
                    news.add(RuleFileNews.mended(flaw.key(), at));
                }
            }
        }
    }

    private static String key(RuleDocument document) {
        return document.rule().header().key();
    }

    private static String fileKey(String file) {
        return "file/" + file;
    }

    private static boolean isPolicy(String key) {
        return key.startsWith(Header.Kind.POLICY.word() + "/");
    }
}
