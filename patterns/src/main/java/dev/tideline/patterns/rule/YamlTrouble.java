package dev.tideline.patterns.rule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/** Says what the YAML parser stumbled over in words for those who write rules, who need not know how parsers speak. */
final class YamlTrouble {
    private static final String QUOTES =
            "; an expression with such characters stands in quotes, or in lines of its own after `|`";
    private static final Pattern NO_START = Pattern.compile("found character '(.[^']*)'.*", Pattern.DOTALL);
    private static final Pattern IN_BRACKETS = Pattern.compile("expected ',' or '(.)', but got (.*)", Pattern.DOTALL);
    private static final Pattern NO_ALIAS = Pattern.compile("found undefined alias (.*)", Pattern.DOTALL);

    private final Findings findings;
    private final String text;

    YamlTrouble(Findings findings, String text) {
        this.findings = findings;
        this.text = text;
    }

    /** Reports what stopped the parser. */
    void report(YamlEngineException stopped) {
        if (stopped instanceof MarkedYamlEngineException marked) {
            marked(marked);
        } else if (stopped instanceof ReaderException unprintable) {
            report(
                    findings.placeOfCharacter(unprintable.getPosition()),
                    String.format("the control character U+%04X", unprintable.getCodePoint()),
                    "text without control characters");
        } else if (stopped instanceof YamlVersionException) {
            report(findings.start(), "a directive for another version of YAML", "YAML 1.2, without such a line");
        } else {
            collection();
        }
    }

    private void marked(MarkedYamlEngineException stopped) {
        Place place = findings.place(stopped.getProblemMark().or(stopped::getContextMark));
        String problem = stopped.getProblem() == null ? "" : stopped.getProblem();
        String context = stopped.getContext() == null ? "" : stopped.getContext();
        if (context.contains("quoted scalar") && problem.startsWith("found unexpected")) {
            report(
                    findings.place(stopped.getContextMark()),
                    "a quote that is never closed",
                    "another one at the text's end");
        } else if (problem.startsWith("found unknown escape character")) {
            report(
                    place,
                    "a `\\` that begins no escape",
                    "`\\\\` for the character itself; in 'single quotes' it stands for itself");
        } else if (problem.startsWith("mapping values are not allowed")) {
            report(
                    place,
                    "a `:` where no key can be",
                    "the line less far to the right, or quotes around text with `: ` in it");
        } else if (problem.startsWith("sequence entries are not allowed")) {
            report(place, "a `-` where no list can begin", "it on a line of its own");
        } else if (problem.startsWith("expected <block end>")) {
            blockEnd(place, problem);
        } else if (problem.startsWith("expected '<document start>'")) {
            report(
                    place,
                    "something behind the document's end",
                    "nothing, or `---` on a line of its own before another rule");
        } else {
            others(place, problem);
        }
    }

    private void blockEnd(Place place, String problem) {
        if (problem.contains("found '<scalar>'") || problem.contains("found '['") || problem.contains("found '{'")) {
            report(
                    place,
                    "more text behind a closing quote or bracket",
                    "quotes around the whole: '\"free\" == context.plan'");
        } else {
            report(
                    place,
                    "a line that begins in a column where nothing above it does",
                    "the keys of one object in one column, each `-` of a list too, and blanks to indent");
        }
    }

    private void others(Place place, String problem) {
        Matcher noStart = NO_START.matcher(problem);
        Matcher inBrackets = IN_BRACKETS.matcher(problem);
        Matcher noAlias = NO_ALIAS.matcher(problem);
        if (noStart.matches()) {
            boolean tab = noStart.group(1).contains("TAB");
            report(
                    place,
                    tab ? "a tab" : "text that begins with `" + noStart.group(1) + "`",
                    tab ? "blanks: YAML takes no tabs to indent" : "quotes around it");
        } else if (inBrackets.matches()) {
            String got = inBrackets.group(2);
            boolean end = got.contains("stream end") || got.contains("document");
            report(
                    place,
                    end ? "the document's end" : "`" + got + "` within brackets",
                    "`,` or `" + inBrackets.group(1) + "`" + (end ? "" : QUOTES));
        } else if (noAlias.matches()) {
            report(
                    place,
                    "`*" + noAlias.group(1) + "`, which is the name of nothing",
                    "the content itself; text that begins with `*` stands in quotes");
        } else if (problem.contains("chomping") || problem.contains("a comment or a line break")) {
            report(place, "text behind a `>` or `|`", "a new line, or quotes around text that begins with one");
        } else {
            report(
                    place,
                    "what is no YAML: " + problem.strip().lines().findFirst().orElse("an error"),
                    "YAML or JSON");
        }
    }

    /** The complaints that come without a place: an alias to a list or an object, or one of those as a key. */
    private void collection() {
        Set<Anchor> collections = new HashSet<>();
        Deque<Inside> inside = new ArrayDeque<>(List.of(new Inside(false)));
        try {
            for (Event event : new Parse(LoadSettings.builder().build()).parseString(text)) {
                if (event instanceof AliasEvent alias && collections.contains(alias.getAlias())) {
                    report(
                            findings.place(event.getStartMark()),
                            "`*" + alias.getAlias() + "`, an alias to a list or an object",
                            "the content itself");
                    return;
                }
                if (event instanceof CollectionStartEvent start) {
                    if (inside.element().atKey()) {
                        report(findings.place(event.getStartMark()), "a list or an object for a key", "a word");
                        return;
                    }
                    start.getAnchor().ifPresent(collections::add);
                    inside.element().next();
                    inside.push(new Inside(event instanceof MappingStartEvent));
                } else if (event instanceof CollectionEndEvent) {
                    inside.pop();
                } else if (event instanceof NodeEvent) {
                    inside.element().next();
                }
            }
        } catch (YamlEngineException further) {
            // It is the first complaint that counts, and it has no place.
        }
        report(findings.start(), "a list or an object for a key, or an alias to one", "words for keys");
    }

    /** How far an object or a list has been read. */
    private static final class Inside {
        private final boolean object;
        private int nodes;

        Inside(boolean object) {
            this.object = object;
        }

        boolean atKey() {
            return object && nodes % 2 == 0;
        }

        void next() {
            nodes++;
        }
    }

    private void report(Place place, String found, String expected) {
        findings.add(place, "", found, expected, null);
    }
}
