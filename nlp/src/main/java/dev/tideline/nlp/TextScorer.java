package dev.tideline.nlp;

import java.util.List;
import java.util.function.Function;

/**
 * Scores texts: how negative or positive they sound. Any string at all is a fair input: what is too long or malformed
 * is cut down first (see {@link TextGuard}), and what still cannot be read comes back unassessed. Nothing of a text is
 * logged or put into an exception.
 *
 * <p>Safe for use by many threads at once. The models take about 700 MB of heap and some seconds to load, so share one
 * instance where possible.
 */
public final class TextScorer {
    private static final String COULD_NOT_READ = "everything: the text could not be read to an end";

    private final Function<String, CoreNlp.Reading> reader;

    /**
     * Loads the models.
     *
     * @throws IllegalStateException if the models are not on the class path
     */
    public TextScorer() {
        this(new CoreNlp()::read);
    }

    TextScorer(Function<String, CoreNlp.Reading> reader) {
        this.reader = reader;
    }

    /** The one instance of this process (of this class loader), loaded when first asked for. */
    public static TextScorer shared() {
        return Shared.INSTANCE;
    }

    /** Scores one text. The same text always gets the same score. */
    public TextScore score(String text) {
        TextGuard.Guarded guarded = TextGuard.guard(text);
        if (!Language.isEnglish(guarded.text())) {
            return TextScore.unassessed(CoreNlp.MODEL, guarded.cut());
        }
        return assess(guarded);
    }

    private TextScore assess(TextGuard.Guarded guarded) {
        try {
            CoreNlp.Reading reading = reader.apply(guarded.text());
            List<Double> probabilities = SentenceWeighing.weigh(reading.sentences());
            String cut = TextGuard.join(guarded.cut(), reading.cut());
            return probabilities.isEmpty()
                    ? TextScore.unassessed(CoreNlp.MODEL, cut)
                    : TextScore.assessed(probabilities, CoreNlp.MODEL, cut);
        } catch (StackOverflowError | AssertionError | RuntimeException unreadable) {
            // The limits should have kept this from happening. The cause is dropped on purpose: what it says may hold
            // words of the text.
            return TextScore.unassessed(CoreNlp.MODEL, TextGuard.join(guarded.cut(), COULD_NOT_READ));
        }
    }

    private static final class Shared {
        static final TextScorer INSTANCE = new TextScorer();
    }
}
