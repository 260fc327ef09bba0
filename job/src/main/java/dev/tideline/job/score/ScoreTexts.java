package dev.tideline.job.score;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.TextFact;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Puts what a text means in the place of the text.
 *
 * <p>Owns: the scores of the texts that came last, in memory. Lifecycle: until the task ends; none of it is in a checkpoint.
 * Never: lets a text pass, scored or not.
 */
final class ScoreTexts extends RichMapFunction<Arrival, Arrival> {
    private static final long serialVersionUID = 1L;

    private final Scorer scorer;
    private final int remembered;

    @SuppressWarnings("NullAway.Init") // by open
    private transient RecentScores recent;

    /** @param remembered how many texts' scores are kept, to be used again; 0 keeps none */
    ScoreTexts(Scorer scorer, int remembered) {
        if (remembered < 0) {
            throw new IllegalArgumentException("scores to remember: " + remembered);
        }
        this.scorer = scorer;
        this.remembered = remembered;
    }

    @Override
    public void open(OpenContext context) {
        recent = new RecentScores(remembered);
    }

    @Override
    public Arrival map(Arrival arrival) {
        Event event = arrival.event();
        if (event == null) {
            return arrival;
        }
        String text = event.text();
        TextFact meaning = text == null ? null : TextMeaning.of(event, recent.score(text, scorer));
        return text == null ? arrival : Arrival.of(event.scored(meaning));
    }
}
