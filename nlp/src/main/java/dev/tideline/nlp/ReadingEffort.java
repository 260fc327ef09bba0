package dev.tideline.nlp;

/**
 * Estimates what it takes CoreNLP to read a text, so that the limit is one on time and yet depends on the text alone.
 *
 * <p>The unit is a word of prose, about half a millisecond. What costs more is strangeness in a row: the tagger tries
 * every open class of word for a word that it does not know, together with every choice for the two words before, so
 * from the third such word on (handles, emoji, random letters) each takes some eight times as long as a known one.
 * Whether the tagger knows a word is not to be asked from outside; being no frequent word is a fair stand-in. Keeps one
 * number; not safe for use by several threads.
 */
final class ReadingEffort {
    private static final int STRANGE_IN_A_ROW = 3;
    private static final int STRANGE_EFFORT = 8;

    private int strangeInARow;

    /** The effort for the next word of the text, at least 1. */
    int next(String word) {
        strangeInARow = isStrange(word) ? strangeInARow + 1 : 0;
        return strangeInARow < STRANGE_IN_A_ROW ? 1 : STRANGE_EFFORT;
    }

    private static boolean isStrange(String word) {
        boolean sign = word.length() == 1 && word.charAt(0) < 128 && !Character.isLetter(word.charAt(0));
        return !sign && !Language.isFrequentInEnglish(word);
    }
}
