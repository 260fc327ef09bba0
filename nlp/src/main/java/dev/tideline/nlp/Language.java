package dev.tideline.nlp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells English from what the English models cannot judge, by its letters and by frequent words of the languages that
 * share them. It leans towards English: to call a foreign text English costs a wrong sentiment, to call an English one
 * foreign leaves someone unheard. So a short text is foreign only if it shows it; a longer one must show some English.
 * Safe for use by many threads.
 */
final class Language {
    /** English prose has 40 to 60 of 100 words among the frequent ones, a list of complaints 10 to 30, others 0 to 5. */
    private static final double ENGLISH_SHARE = 0.1;

    private static final int SHOWS_SOME_ENGLISH = 6;
    private static final double LATIN_SHARE = 0.6;
    private static final double ACCENTED_SHARE = 1.0 / 3;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+");
    private static final Map<String, Set<String>> FREQUENT = CommonWords.read();
    private static final Set<String> ENGLISH = FREQUENT.getOrDefault("en", Set.of());

    private int letters;
    private int latinLetters;
    private int words;
    private int accented;
    private int english;
    private final Map<String, Integer> foreign = new HashMap<>();

    private Language(String text) {
        text.codePoints().filter(Character::isLetter).forEach(this::countLetter);
        Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (word.find()) {
            countWord(word.group());
        }
    }

    /** Whether a text holds words, and they are most likely English. */
    static boolean isEnglish(String text) {
        Language language = new Language(text);
        return language.hasLatinWords() && !language.looksForeign() && language.showsEnoughEnglish();
    }

    static boolean isFrequentInEnglish(String word) {
        return ENGLISH.contains(word.toLowerCase(Locale.ROOT));
    }

    private boolean hasLatinWords() {
        return latinLetters > 0 && latinLetters >= letters * LATIN_SHARE;
    }

    private boolean looksForeign() {
        int mostHits =
                foreign.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        boolean moreForeignWords = mostHits > english || (mostHits > 0 && mostHits == english && accented > 0);
        boolean accents = english == 0 && words > 1 && accented > words * ACCENTED_SHARE;
        return moreForeignWords || accents;
    }

    private boolean showsEnoughEnglish() {
        return words < SHOWS_SOME_ENGLISH || english >= Math.max(1, words * ENGLISH_SHARE);
    }

    private void countLetter(int letter) {
        letters++;
        if (Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN) {
            latinLetters++;
        }
    }

    private void countWord(String word) {
        words++;
        if (ENGLISH.contains(word)) {
            english++;
            return;
        }
        if (word.codePoints().anyMatch(letter -> letter > 'z')) {
            accented++;
        }
        FREQUENT.forEach((language, frequent) -> {
            if (frequent.contains(word)) {
                foreign.merge(language, 1, Integer::sum);
            }
        });
    }
}
