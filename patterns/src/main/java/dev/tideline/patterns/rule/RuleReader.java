package dev.tideline.patterns.rule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads rule documents: YAML 1.2, one or many in a text, or the same as JSON. Reports everything that is wrong at once, each
 * with file, line, column, path, what was found and what was expected. Never fails on a bad document. Safe for use by many
 * threads.
 *
 * <p>What concerns several rules together (the same id twice, a segment that is not there, cycles) is {@link RuleSet}'s.
 */
public final class RuleReader {
    /** A rule text may hold so many characters. */
    static final int LONGEST_TEXT = 1 << 20;

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private RuleReader() {}

    /** Reads a text whose rules hold from before the first event. */
    public static Reading read(String file, String text) {
        return read(file, text, Long.MIN_VALUE);
    }

    /**
     * Reads a document from the {@code rules} topic.
     *
     * @param key {@code kind/id}; a document that says otherwise is refused
     * @param effective the record's timestamp, from which on the rule holds
     */
    public static Reading readJson(String key, String json, Instant effective) {
        Reading reading = read(key, json, effective.toEpochMilli());
        List<Problem> problems = new ArrayList<>(reading.problems());
        if (reading.documents().size() != 1 && problems.isEmpty()) {
            problems.add(new Problem(
                    new Place(key, 1, 1), "", reading.documents().size() + " documents", "exactly one", null));
        }
        for (RuleDocument document : reading.documents()) {
            String own = document.rule().header().key();
            if (!own.equals(key)) {
                problems.add(new Problem(
                        document.place(), "", "the rule " + own + " under the key " + key, "the key " + own, null));
            }
        }
        return problems.isEmpty() ? reading : new Reading(List.of(), problems);
    }

    /**
     * Reads every {@code .yaml}, {@code .yml} and {@code .json} file below a folder, in the order of their names. Files are
     * named relative to the folder.
     *
     * @throws IOException if the folder or a file in it cannot be read
     */
    public static Reading readDirectory(Path directory) throws IOException {
        Reading reading = Reading.EMPTY;
        for (Path file : files(directory)) {
            reading = reading.and(readFile(directory.relativize(file).toString(), Files.readAllBytes(file)));
        }
        return reading;
    }

    /**
     * The files below a folder that hold rules, in the order of their names; those with a hidden folder or a hidden name (one
     * that begins with a dot) do not count.
     *
     * @throws IOException if the folder cannot be read
     */
    public static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
                    .filter(file -> !hidden(directory.relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static boolean hidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /** Reads what a file holds; the rules hold from before the first event. */
    public static Reading readFile(String name, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (!result.isError()) {
            return read(name, text);
        }
        Findings findings = new Findings(name, text);
        findings.add(
                findings.placeOfCharacter(text.length()),
                "",
                "bytes that are not UTF-8",
                "a file saved as UTF-8",
                null);
        return new Reading(List.of(), findings.problems(), Set.of(), false);
    }

    private static Reading read(String file, String text, long effectiveMillis) {
        Findings findings = new Findings(file, text);
        List<RuleDocument> documents = new ArrayList<>();
        if (text.length() > LONGEST_TEXT) {
            findings.add(findings.start(), "", text.length() + " characters", "at most " + LONGEST_TEXT, null);
            return new Reading(List.of(), findings.problems(), Set.of(), false);
        }
        Set<String> refused = new HashSet<>();
        List<Node> nodes = compose(findings, text);
        boolean complete = findings.count() == 0;
        for (Node node : nodes) {
            if (!(node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL))) {
                document(findings, node, effectiveMillis)
                        .ifPresentOrElse(
                                documents::add, () -> key(findings, node).ifPresent(refused::add));
            }
        }
        return new Reading(documents, findings.problems(), refused, complete);
    }

    /** The documents up to the first that is no YAML. */
    private static List<Node> compose(Findings findings, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(LONGEST_TEXT * 2)
                // The whole text at once: a smaller buffer is copied again and again while a long scalar is read.
                .setBufferSize(Math.max(1024, text.length() + 1))
                .setMaxAliasesForCollections(0)
                .build();
        List<Node> nodes = new ArrayList<>();
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            Iterator<Node> documents =
                    new Compose(settings).composeAllFromString(content).iterator();
            while (documents.hasNext()) {
                nodes.add(documents.next());
            }
        } catch (YamlEngineException stopped) {
            new YamlTrouble(findings, content).report(stopped);
        } catch (StackOverflowError tooDeep) {
            findings.add(findings.start(), "", "brackets or dashes nested without end", "a rule document", null);
        }
        return nodes;
    }

    private static Optional<RuleDocument> document(Findings findings, Node node, long effectiveMillis) {
        int before = findings.count();
        Part part = new Part(findings, "", node);
        Characters.check(findings, node);
        if (!part.isObject()) {
            String several = part.isList() ? "; several stand one below the other, `---` between them" : "";
            part.wrong(part.inWords(), "a rule: an object with kind, id, version and name" + several);
            return Optional.empty();
        }
        Optional<Header.Kind> kind = kindOf(part, node);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        Rule rule = rule(part, kind.get(), effectiveMillis);
        return findings.count() > before
                ? Optional.empty()
                : Optional.of(new RuleDocument(rule, DocumentJson.of(node), part.place(), part.places()));
    }

    /** What a document calls itself, if it does. */
    private static Optional<String> key(Findings findings, Node node) {
        Part part = new Part(findings, "", node);
        return Fields.any(part, node, "kind")
                .flatMap(Part::scalar)
                .flatMap(kind ->
                        Fields.any(part, node, "id").flatMap(Part::scalar).map(id -> kind + "/" + id));
    }

    private static Optional<Header.Kind> kindOf(Part part, Node node) {
        Optional<Part> kind = Fields.any(part, node, "kind");
        if (kind.isEmpty()) {
            String wrapped = part.says("rules") || part.says("segments") || part.says("patterns")
                    ? "; each rule stands for itself, `---` between them"
                    : "";
            part.wrong(
                    "no `kind`" + Fields.nearMiss(node, "kind"), "`kind`: one of segment, pattern, policy" + wrapped);
            return Optional.empty();
        }
        return HeaderReader.kind(kind.get());
    }

    private static Rule rule(Part part, Header.Kind kind, long effectiveMillis) {
        return switch (kind) {
            case SEGMENT -> {
                Fields fields = part.fields(HeaderReader.with("when"));
                Header header = HeaderReader.read(fields, kind, effectiveMillis);
                Part when = fields.required("when", "a condition");
                yield new SegmentRule(
                        header, when.missing() ? new Condition.All(List.of()) : ConditionReader.read(when));
            }
            case PATTERN -> {
                Fields fields = part.fields(PatternReader.KEYS);
                yield PatternReader.read(fields, HeaderReader.read(fields, kind, effectiveMillis));
            }
            case POLICY -> {
                Fields fields = part.fields(PolicyReader.KEYS);
                yield PolicyReader.read(fields, HeaderReader.read(fields, kind, effectiveMillis));
            }
        };
    }
}
