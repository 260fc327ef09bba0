package dev.tideline.nlp;

import java.util.regex.Pattern;

/** Tells English from what the English models cannot judge. */
final class Language {
    private static final Pattern LETTERS = Pattern.compile("\\p{IsLatin}");

    private Language() {}

    /** Whether a text holds words and they are most likely English. Short texts get the benefit of the doubt. */
    static boolean isEnglish(String text) {
        return LETTERS.matcher(text).find();
    }
}
