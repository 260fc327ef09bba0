package dev.tideline.job.score;

import dev.tideline.job.step.Step;
import dev.tideline.patterns.fact.Arrival;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Scores what people wrote. */
public final class Scoring {
    private Scoring() {}

    /**
     * Puts what texts mean in the place of the texts. What concerns a user stays in its order, also where more tasks score than
     * there are gates.
     *
     * @param gated what the gate let in; an event's text is there only where it may be scored
     * @param remembered how many texts' scores each task keeps, to be used again; 0 keeps none
     * @return the same, without any text, and with what the texts mean
     */
    public static DataStream<Arrival> wire(DataStream<Arrival> gated, Scorer scorer, int remembered) {
        boolean spread =
                gated.getParallelism() != gated.getExecutionEnvironment().getParallelism();
        return Step.SCORE.mark((spread ? gated.keyBy(Arrival::user) : gated).map(new ScoreTexts(scorer, remembered)));
    }
}
