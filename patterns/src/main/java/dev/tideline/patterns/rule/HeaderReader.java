package dev.tideline.patterns.rule;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads what every rule says of itself. */
final class HeaderReader {
    private static final Set<String> KEYS = Set.of("kind", "id", "version", "name", "description", "enabled", "mode");
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final Pattern NAME = Pattern.compile("(?sU)(?=.*\\S).{1,200}");
    private static final Pattern DESCRIPTION = Pattern.compile("(?s).{0,4000}");

    private HeaderReader() {}

    /** The keys of every rule together with those of one kind. */
    static Set<String> with(String... more) {
        Set<String> keys = new TreeSet<>(KEYS);
        keys.addAll(List.of(more));
        return keys;
    }

    static Header read(Fields rule, Header.Kind kind, long effectiveMillis) {
        String id = rule.required("id", "the rule's id")
                .text(
                        ID,
                        "an id of lower-case letters, digits, _ and -, beginning with a letter, at most 64 long",
                        HeaderReader::plain);
        int version = rule.required("version", "a whole number").whole(0, Integer.MAX_VALUE);
        String name = rule.required("name", "a few words for people").text(NAME, "a few words, at most 200 characters");
        String description = rule.optional("description")
                .map(part -> part.text(DESCRIPTION, "text of at most 4000 characters"))
                .orElse("");
        boolean enabled = rule.optional("enabled").map(Part::flag).orElse(true);
        boolean shadow = rule.optional("mode")
                .map(part -> part.word(List.of("live", "shadow")).equals("shadow"))
                .orElse(false);
        return new Header(kind, id, version, name.strip(), description.strip(), enabled, shadow, effectiveMillis);
    }

    private static String plain(String written) {
        return written.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-");
    }

    /** Reads the kind of a document whose other keys are not known yet. */
    static java.util.Optional<Header.Kind> kind(Part kind) {
        int before = kind.findings().count();
        Header.Kind found = kind.word(List.of(Header.Kind.values()), Header.Kind::word);
        boolean good = !kind.missing() && kind.findings().count() == before;
        return good ? java.util.Optional.of(found) : java.util.Optional.empty();
    }
}
