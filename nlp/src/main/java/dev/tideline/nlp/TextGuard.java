package dev.tideline.nlp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes any string fit for CoreNLP, which was written for well-formed prose and can be stalled or brought down by other
 * things. Text within the limits passes unchanged. The limits and their reasons:
 *
 * <ul>
 *   <li>{@link #MAX_CHARACTERS} in all: the time of one text must be bounded, and its tail seldom changes the whole.
 *       About 1,100 English words, longer than most messages and diary notes. Below that, the tokenizer's remaining
 *       quadratic cases (comments opened by {@code <!--} and never closed) stay under half a second.
 *   <li>{@link #MAX_RUN} characters without a space: the tokenizer looks ahead within a run, and on runs such as
 *       {@code @a@a@a…} its time grows with the square of the length (16,000 characters take 5 to 10 seconds).
 *   <li>Control characters, lone surrogates, marks of writing direction and other invisible characters: they are no
 *       text, and the tokenizer would count or drop them as it pleases.
 * </ul>
 *
 * <p>The limits on tokens, in a sentence and in all, are known only after tokenizing: see {@link CoreNlp}.
 */
final class TextGuard {
    static final int MAX_CHARACTERS = 6_000;
    static final int MAX_RUN = 100;

    private final StringBuilder kept;
    private int run;
    private boolean brokeRun;
    private boolean droppedNoText;
    private boolean droppedTail;

    private TextGuard(int length) {
        this.kept = new StringBuilder(Math.min(length, MAX_CHARACTERS) + 2);
    }

    /**
     * A text that is safe to read.
     *
     * @param cut what was left out or broken up, or null
     */
    record Guarded(String text, @Nullable String cut) {}

    static Guarded guard(String text) {
        TextGuard guard = new TextGuard(text.length());
        int position = 0;
        while (position < text.length() && position < MAX_CHARACTERS) {
            int codePoint = text.codePointAt(position);
            guard.take(codePoint);
            position += Character.charCount(codePoint);
        }
        if (position < text.length()) {
            guard.dropTail(Character.isWhitespace(text.charAt(position)));
        }
        return guard.guarded();
    }

    /** Joins two notes on what was cut, either of which may be missing. */
    static @Nullable String join(@Nullable String first, @Nullable String second) {
        if (first == null) {
            return second;
        }
        return second == null ? first : first + "; " + second;
    }

    private void take(int codePoint) {
        if (isLineEnd(codePoint)) {
            separate('\n');
        } else if (Character.isSpaceChar(codePoint) || codePoint == '\t') {
            separate(' ');
        } else if (isInvisible(codePoint)) {
            droppedNoText = true;
        } else if (isNoText(codePoint)) {
            droppedNoText = true;
            separate(' ');
        } else {
            append(codePoint);
        }
    }

    private void separate(char separator) {
        kept.append(separator);
        run = 0;
    }

    private void append(int codePoint) {
        if (run >= MAX_RUN) {
            brokeRun = true;
            separate(' ');
        }
        kept.appendCodePoint(codePoint);
        run += Character.charCount(codePoint);
    }

    /** Half a word at the cut goes too, lest it be read as another word; a run is short, so that is never much. */
    private void dropTail(boolean atWordEnd) {
        droppedTail = true;
        if (!atWordEnd) {
            kept.setLength(kept.length() - run);
        }
    }

    private Guarded guarded() {
        List<String> cuts = new ArrayList<>();
        if (droppedTail) {
            cuts.add("all after the first " + MAX_CHARACTERS + " characters");
        }
        if (droppedNoText) {
            cuts.add("characters that are no text");
        }
        if (brokeRun) {
            cuts.add("runs of more than " + MAX_RUN + " characters were broken up");
        }
        return new Guarded(kept.toString(), cuts.isEmpty() ? null : String.join("; ", cuts));
    }

    private static boolean isLineEnd(int codePoint) {
        return codePoint == '\n'
                || codePoint == '\r'
                || codePoint == 0x0B
                || codePoint == '\f'
                || codePoint == 0x85
                || codePoint == 0x2028
                || codePoint == 0x2029;
    }

    /** Takes up no room between two letters: direction marks, soft hyphen, byte-order mark, zero-width space. */
    private static boolean isInvisible(int codePoint) {
        boolean joinsEmoji = codePoint == 0x200D || (codePoint >= 0xE0020 && codePoint <= 0xE007F);
        return Character.getType(codePoint) == Character.FORMAT && !joinsEmoji;
    }

    private static boolean isNoText(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE -> true;
            default -> false;
        };
    }
}
