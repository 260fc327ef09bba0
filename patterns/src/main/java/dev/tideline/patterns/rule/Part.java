package dev.tideline.patterns.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A piece of a document, with its place and its path.
 *
 * <p>The readers never fail: what does not fit is reported, and a stand-in is given so that reading can go on and find
 * everything else. A part that is not there at all (reported where it was asked for) gives stand-ins in silence.
 */
final class Part {
    private static final long DAY = 86_400_000L;

    /** The longest window of any rule. */
    static final long LONGEST = 400 * DAY;

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})([smhd])");
    private static final Pattern NEARLY_WHOLE = Pattern.compile("[a-zA-Z]?([0-9]{1,9})\\+?");
    private static final Set<Tag> CORE = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);
    private static final Pattern NO_TEXT = Pattern.compile("[-+]?[0-9][0-9.]*|true|false");
    private static final Set<String> YES = Set.of("true", "yes", "y", "on");
    private static final Set<String> NO = Set.of("false", "no", "n", "off");

    private final Findings findings;
    private final String path;
    private final @Nullable Node node;

    Part(Findings findings, String path, @Nullable Node node) {
        this.findings = findings;
        this.path = path;
        this.node = node;
    }

    Findings findings() {
        return findings;
    }

    String path() {
        return path;
    }

    boolean missing() {
        return node == null;
    }

    Place place() {
        return node == null ? findings.start() : findings.place(node.getStartMark());
    }

    boolean isObject() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isText() {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR);
    }

    /** Whether this is an object with such a key. */
    boolean says(String key) {
        return member(key).isPresent();
    }

    /** What stands under a key, if this is an object with such a key. */
    Optional<Part> member(String key) {
        return node == null ? Optional.empty() : Fields.any(this, node, key);
    }

    /** What stands under a key of this object, or at a place of this list. */
    Part member(String key, @Nullable Node member) {
        return new Part(findings, path + "/" + shorten(key).replace("~", "~0").replace("/", "~1"), member);
    }

    /** A scalar's text, whatever its type. */
    Optional<String> scalar() {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    /** Where this part and everything in it stands, by path. */
    Map<String, Place> places() {
        Map<String, Place> places = new HashMap<>();
        note(places);
        return places;
    }

    private void note(Map<String, Place> places) {
        places.put(path, place());
        if (node instanceof MappingNode object) {
            object.getValue().forEach(field -> {
                if (field.getKeyNode() instanceof ScalarNode key) {
                    member(key.getValue(), field.getValueNode()).note(places);
                }
            });
        } else if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                member(Integer.toString(i), list.getValue().get(i)).note(places);
            }
        }
    }

    /** Reports that something else was expected here. */
    void wrong(String found, String expected) {
        wrong(found, expected, null);
    }

    void wrong(String found, String expected, @Nullable String suggestion) {
        if (node != null) {
            findings.add(place(), path, found, expected, suggestion);
        }
    }

    /** The fields of an object; any but the known ones are reported. */
    Fields fields(Set<String> known) {
        return Fields.of(this, node, known);
    }

    /** The elements of a list that may be empty. */
    List<Part> elementsIfAny(String expected) {
        return node instanceof SequenceNode list && list.getValue().isEmpty() ? List.of() : elements(expected);
    }

    /** The elements of a list that has at least one. */
    List<Part> elements(String expected) {
        if (!(node instanceof SequenceNode list)) {
            wrong(inWords(), expected);
            return List.of();
        }
        if (list.getValue().isEmpty()) {
            wrong("an empty list", expected);
        }
        List<Part> elements = new ArrayList<>();
        for (int i = 0; i < list.getValue().size(); i++) {
            elements.add(member(Integer.toString(i), list.getValue().get(i)));
        }
        return elements;
    }

    /** Text as it stands; numbers and the like are no text. */
    String text(String expected) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
            return scalar.getValue();
        }
        wrong(inWords(), expected);
        return "";
    }

    /** Text of a form. */
    String text(Pattern form, String expected) {
        return text(form, expected, text -> text);
    }

    /** Text of a form; what is close to it, when made plain, is suggested. */
    String text(Pattern form, String expected, UnaryOperator<String> plain) {
        int before = findings.count();
        String text = text(expected);
        if (node != null && findings.count() == before && !form.matcher(text).matches()) {
            String meant = plain.apply(text);
            wrong(inWords(), expected, form.matcher(meant).matches() ? meant : null);
        }
        return text;
    }

    /** A whole number between two others, both included. */
    int whole(int lowest, int highest) {
        String expected = highest == Integer.MAX_VALUE
                ? "a whole number of at least " + lowest
                : "a whole number from " + lowest + " to " + highest;
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
                int number = Integer.parseInt(scalar.getValue());
                if (number >= lowest && number <= highest) {
                    return number;
                }
            } catch (NumberFormatException tooLarge) {
                // Falls through to the report: a number beyond 32 bits is out of every range here.
            }
        }
        wrong(inWords(), expected, nearWhole(lowest, highest));
        return lowest;
    }

    /** The number in {@code "3"} and {@code v2}. */
    private @Nullable String nearWhole(int lowest, int highest) {
        var nearly = NEARLY_WHOLE.matcher(scalar().orElse("").strip());
        if (!nearly.matches()) {
            return null;
        }
        int number = Integer.parseInt(nearly.group(1));
        return number >= lowest && number <= highest ? Integer.toString(number) : null;
    }

    /** True or false. */
    boolean flag() {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Boolean.parseBoolean(scalar.getValue());
        }
        String written = scalar().orElse("").toLowerCase(Locale.ROOT);
        String meant = YES.contains(written) ? "true" : NO.contains(written) ? "false" : null;
        wrong(inWords(), "true or false" + (quoted() ? ", without quotes" : ""), meant);
        return false;
    }

    /** A duration such as {@code 30m} in milliseconds. */
    long duration(long lowest) {
        String expected = "a duration such as 90s, 30m, 12h or 7d" + (lowest > 0 ? "" : ", or 0s for none");
        var form = DURATION.matcher(node instanceof ScalarNode scalar ? scalar.getValue() : "");
        if (!form.matches()) {
            boolean bare = node instanceof ScalarNode number && number.getTag().equals(Tag.INT);
            wrong(inWords() + (bare ? " without a unit" : ""), expected, NearDuration.of(scalar().orElse("")));
            return 1;
        }
        long millis = Long.parseLong(form.group(1)) * unit(form.group(2));
        if (millis < lowest || millis > LONGEST) {
            wrong(
                    inWords(),
                    "a duration of " + (lowest > 0 ? "more than zero and " : "") + "at most " + LONGEST / DAY + "d");
            return 1;
        }
        return millis;
    }

    private static long unit(String unit) {
        return switch (unit) {
            case "s" -> 1000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            default -> DAY;
        };
    }

    /** One of the constants of an enum, by its word. */
    <E extends Enum<E>> E word(List<E> choices, java.util.function.Function<E, String> word) {
        List<String> words = choices.stream().map(word).toList();
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        for (E choice : choices) {
            if (word.apply(choice).equals(text)) {
                return choice;
            }
        }
        wrong(inWords(), oneOf(words), near(text, words));
        return choices.get(0);
    }

    private @Nullable String near(String text, List<String> words) {
        return findings.full() ? null : NearMiss.of(text, words);
    }

    /** One of some words. */
    String word(List<String> words) {
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (!words.contains(text)) {
            wrong(inWords(), oneOf(words), near(text, words));
            return words.get(0);
        }
        return text;
    }

    /** A CEL condition over the visible variables; null if it is refused. */
    @Nullable
    Predicate predicate(Visible visible) {
        return predicate(visible, Surroundings.UNKNOWN);
    }

    /** A CEL condition that is asked of known facts; null if it is refused. */
    @Nullable
    Predicate predicate(Visible visible, Surroundings surroundings) {
        if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
            wrong(inWords(), "a CEL expression");
            return null;
        }
        if (!CORE.contains(scalar.getTag())) {
            wrong(
                    "the tag " + shorten(scalar.getTag().getValue()),
                    "a CEL expression; one that begins with `!` stands in quotes");
            return null;
        }
        Expressions.Outcome outcome = Expressions.compile(scalar.getValue(), visible);
        if (outcome instanceof Expressions.Outcome.Compiled compiled) {
            surroundings.objection(scalar.getValue()).ifPresent(flaw -> report(scalar, flaw));
            return compiled.predicate();
        }
        if (outcome instanceof Expressions.Outcome.Refused refused) {
            refused.flaws().forEach(flaw -> report(scalar, surroundings.explain(flaw)));
        }
        return null;
    }

    private void report(ScalarNode scalar, Flaw flaw) {
        findings.add(placeOf(scalar, flaw), path, flaw.found(), flaw.expected(), flaw.suggestion());
    }

    /** Where in the file a place of the expression is; the scalar's start where folding or escapes hide it. */
    private Place placeOf(ScalarNode scalar, Flaw flaw) {
        Place start = place();
        if (scalar.getScalarStyle() == ScalarStyle.LITERAL) {
            return findings.inBlock(start.line() + flaw.line(), flaw.column());
        }
        int quote = scalar.getScalarStyle() == ScalarStyle.PLAIN ? 0 : 1;
        String written = findings.textAt(start);
        boolean asWritten = flaw.line() == 1
                && written.length() >= quote
                && written.substring(quote).startsWith(scalar.getValue());
        return asWritten ? new Place(start.file(), start.line(), start.column() + quote + flaw.column()) : start;
    }

    /** What stands here, for a message. */
    String inWords() {
        if (node instanceof MappingNode) {
            return "an object";
        }
        if (node instanceof SequenceNode list) {
            return list.getValue().isEmpty() ? "an empty list" : "a list";
        }
        if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
            return "nothing";
        }
        String value = shorten(scalar.getValue());
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.STR)) {
            return value.isEmpty() ? "empty text" : "`" + value + "`" + (quoted() ? " in quotes" : "");
        }
        if (tag.equals(Tag.BOOL)) {
            return value;
        }
        boolean number = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
        return number ? "the number " + value : "`" + value + "` with the tag " + shorten(tag.getValue());
    }

    /** Whether this is text only because of its quotes: {@code "3"} or {@code "true"}. */
    private boolean quoted() {
        return node instanceof ScalarNode scalar
                && scalar.getScalarStyle() != ScalarStyle.PLAIN
                && NO_TEXT.matcher(scalar.getValue()).matches();
    }

    private static String shorten(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }

    static String oneOf(List<String> words) {
        return words.size() == 1 ? words.get(0) : "one of " + words.stream().collect(Collectors.joining(", "));
    }
}
