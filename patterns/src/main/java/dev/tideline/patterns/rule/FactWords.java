package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact.Derived;
import java.util.regex.Pattern;

/** What facts are called in a sentence. */
final class FactWords {
    /** What begins with the sound of a vowel, as far as letters tell. */
    private static final Pattern VOWEL = Pattern.compile("`?(?!uni|us|eu|one)[aeiou].*");

    private FactWords() {}

    /** {@code session}, {@code `page_view` event}. */
    static String one(String kind) {
        return switch (kind) {
            case Derived.SESSION, Derived.TEXT, Derived.WEEK -> kind;
            case Derived.MOOD_DAY -> "mood day";
            case Derived.SURVEY -> "survey response";
            case Derived.QUIET -> "silence";
            default -> "`" + kind + "` event";
        };
    }

    /** {@code 1 session}, {@code 3 sessions}. */
    static String many(int number, String kind) {
        return number + " " + one(kind) + (number == 1 ? "" : "s");
    }

    /** With {@code a} or {@code an} before it. */
    static String a(String noun) {
        return (VOWEL.matcher(noun).matches() ? "an " : "a ") + noun;
    }
}
